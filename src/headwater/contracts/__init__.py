"""Turn verified outcomes into what is due: agreements, their terms, settlement and its proof."""
