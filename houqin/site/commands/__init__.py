"""One module a subcommand of `houqin`: arguments(parser) and run(args); see houqin/site/cli.py."""
