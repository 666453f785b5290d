CREATE VIEW current_prices AS
SELECT p.*, l.city, l.cma, l.publish_region, l.province, l.name AS location_name
FROM prices p JOIN locations l USING (location_id)
WHERE p.is_current;
COMMENT ON VIEW current_prices IS 'Prices that the newest good visit of their page still showed, with where they are asked.';
