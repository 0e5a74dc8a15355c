"""Who gets what, when: an agreement's payments through its waterfall."""
