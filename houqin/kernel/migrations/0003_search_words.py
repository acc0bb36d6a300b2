"""The index of the search's words: a full-text table on SQLite, a generated column with GIN on PostgreSQL.

On SQLite the triggers hang on the table kernel_searchentry: a later migration that rebuilds it makes them again.
"""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE kernel_searchwords USING fts5(tokens, content='kernel_searchentry', content_rowid='id',"
    " detail=none, prefix='3 4', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER kernel_searchwords_in AFTER INSERT ON kernel_searchentry BEGIN"
    " INSERT INTO kernel_searchwords(rowid, tokens) VALUES (new.id, new.tokens); END",
    "CREATE TRIGGER kernel_searchwords_out AFTER DELETE ON kernel_searchentry BEGIN"
    " INSERT INTO kernel_searchwords(kernel_searchwords, rowid, tokens) VALUES ('delete', old.id, old.tokens); END",
    "CREATE TRIGGER kernel_searchwords_new AFTER UPDATE OF tokens ON kernel_searchentry WHEN old.tokens <> new.tokens BEGIN"
    " INSERT INTO kernel_searchwords(kernel_searchwords, rowid, tokens) VALUES ('delete', old.id, old.tokens);"
    " INSERT INTO kernel_searchwords(rowid, tokens) VALUES (new.id, new.tokens); END",
]
POSTGRESQL = [
    "ALTER TABLE kernel_searchentry ADD COLUMN vector tsvector"
    " GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED",
    "CREATE INDEX searched_words ON kernel_searchentry USING gin (vector)",
]
BACK = {
    "sqlite": ["DROP TABLE kernel_searchwords", *(f"DROP TRIGGER kernel_searchwords_{n}" for n in ("in", "out", "new"))],
    "postgresql": ["ALTER TABLE kernel_searchentry DROP COLUMN vector"],
}


def build(connection):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[connection.vendor]:
        with connection.cursor() as cursor:
            cursor.execute(statement)


def forwards(apps, schema_editor):
    build(schema_editor.connection)


def backwards(apps, schema_editor):
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
