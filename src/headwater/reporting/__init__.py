"""Charts, HTML reports, workbooks and JSON documents."""
