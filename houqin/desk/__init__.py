"""The desk reads across areas: what waits for me, this week, alerts, quick actions."""
