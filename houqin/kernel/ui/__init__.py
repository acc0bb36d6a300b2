"""What a page is made of: templates, macros, styles, scripts and the Jinja2 environment. It knows no register."""
