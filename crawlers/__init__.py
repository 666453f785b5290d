"""FETCH: visits clinics politely and keeps every page. The only room that touches the network."""
