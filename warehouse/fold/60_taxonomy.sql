INSERT INTO modality_tree
WITH RECURSIVE closure(ancestor_id, descendant_id) AS (
    SELECT id, id FROM modalities
    UNION
    SELECT edge.parent, c.descendant_id
    FROM closure AS c
    JOIN (SELECT id, unnest(parents) AS parent FROM modalities WHERE rollup) AS edge ON edge.id = c.ancestor_id
)
SELECT ancestor_id, descendant_id FROM closure ORDER BY ALL;

INSERT INTO warehouse_info
SELECT $schema_version, $fold_version, coalesce(list(DISTINCT reader_version ORDER BY reader_version), []) FROM crawls;
