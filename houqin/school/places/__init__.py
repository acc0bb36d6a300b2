"""Where things are: campus, building, floor, room or area, each with its code and its printed QR label."""
