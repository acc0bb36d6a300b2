"""The areas of a logistics office: one folder each, knowing only what lies below."""
