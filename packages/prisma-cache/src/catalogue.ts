import type { SqlQueryable, SqlResultSet } from '@prisma/driver-adapter-utils';

export interface PrimaryKeyColumn {
  /** In lower case. */
  readonly column: string;
  readonly type: 'number' | 'text' | 'other';
}

/** What happens to rows of `child` when those of `parent` that they refer to are deleted, or get other keys. */
export interface ForeignKey {
  readonly parent: string;
  readonly child: string;
  /** The columns of the parent, in lower case. */
  readonly columns: readonly string[];
  readonly onDelete: boolean;
  readonly onUpdate: boolean;
}

/** What the database says of its own tables. All names in lower case. */
export interface Catalogue {
  readonly tables: ReadonlySet<string>;
  readonly primaryKeys: ReadonlyMap<string, readonly PrimaryKeyColumn[]>;
  /** Those that change rows of the child. */
  readonly foreignKeys: readonly ForeignKey[];
}

const MYSQL_TABLES =
  'SELECT LOWER(TABLE_NAME) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()';

const MYSQL_KEYS = `SELECT LOWER(c.TABLE_NAME), LOWER(c.COLUMN_NAME), LOWER(c.DATA_TYPE)
  FROM information_schema.STATISTICS s JOIN information_schema.COLUMNS c
    ON c.TABLE_SCHEMA = s.TABLE_SCHEMA AND c.TABLE_NAME = s.TABLE_NAME AND c.COLUMN_NAME = s.COLUMN_NAME
  WHERE s.TABLE_SCHEMA = DATABASE() AND s.INDEX_NAME = 'PRIMARY'
  ORDER BY 1, s.SEQ_IN_INDEX`;

// A cascade may come from a key of another schema on the same server.
const MYSQL_REFERENCES = `SELECT LOWER(r.REFERENCED_TABLE_NAME), LOWER(r.TABLE_NAME),
    LOWER(k.REFERENCED_COLUMN_NAME), r.DELETE_RULE, r.UPDATE_RULE,
    CONCAT(r.CONSTRAINT_SCHEMA, '.', r.TABLE_NAME, '.', r.CONSTRAINT_NAME)
  FROM information_schema.REFERENTIAL_CONSTRAINTS r JOIN information_schema.KEY_COLUMN_USAGE k
    ON k.CONSTRAINT_SCHEMA = r.CONSTRAINT_SCHEMA AND k.CONSTRAINT_NAME = r.CONSTRAINT_NAME
    AND k.TABLE_NAME = r.TABLE_NAME
  WHERE r.UNIQUE_CONSTRAINT_SCHEMA = DATABASE()
  ORDER BY 6, k.ORDINAL_POSITION`;

const SQLITE_TABLES = "SELECT LOWER(name) FROM sqlite_master WHERE type IN ('table', 'view')";

const SQLITE_KEYS = `SELECT LOWER(m.name), LOWER(c.name), LOWER(c.type)
  FROM sqlite_master m JOIN pragma_table_info(m.name) c
  WHERE m.type = 'table' AND c.pk > 0 ORDER BY 1, c.pk`;

const SQLITE_REFERENCES = `SELECT LOWER(f."table"), LOWER(m.name), LOWER(f."to"), f.on_delete, f.on_update,
    m.name || '.' || f.id
  FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
  WHERE m.type = 'table' ORDER BY 6, f.seq`;

const UNMOVED = new Set(['NO ACTION', 'RESTRICT']);

/** @throws the driver's error, also where the user may not read the catalogue. */
export async function readCatalogue(database: SqlQueryable): Promise<Catalogue> {
  const query = async (sql: string) => (await database.queryRaw({ sql, args: [], argTypes: [] })).rows;
  const isMysql = database.provider === 'mysql';
  // One after the other: SQLite's adapter has one connection.
  const tables = await query(isMysql ? MYSQL_TABLES : SQLITE_TABLES);
  const keys = await query(isMysql ? MYSQL_KEYS : SQLITE_KEYS);
  const references = await query(isMysql ? MYSQL_REFERENCES : SQLITE_REFERENCES);
  return {
    tables: new Set(tables.map(([name]) => String(name))),
    primaryKeys: primaryKeysOf(keys),
    foreignKeys: foreignKeysOf(references),
  };
}

function primaryKeysOf(rows: SqlResultSet['rows']) {
  const keys = new Map<string, PrimaryKeyColumn[]>();
  for (const [table, column, type] of rows.map((row) => row.map(String))) {
    if (table === undefined || column === undefined || type === undefined) continue;
    const columns = keys.get(table) ?? [];
    keys.set(table, columns);
    columns.push({ column, type: keyType(type) });
  }
  return keys;
}

function keyType(type: string): PrimaryKeyColumn['type'] {
  if (/^(tiny|small|medium|big)?int/.test(type)) return 'number';
  return /char|text/.test(type) ? 'text' : 'other';
}

function foreignKeysOf(rows: SqlResultSet['rows']): ForeignKey[] {
  const keys = new Map<string, ForeignKey & { readonly columns: string[] }>();
  for (const [parent = '', child = '', column, onDelete = '', onUpdate = '', name = ''] of rows.map((row) =>
    // SQLite has no column where the key refers to the primary one.
    row.map((value) => (value === null ? '' : String(value))),
  )) {
    const key = keys.get(name) ?? {
      parent,
      child,
      columns: [],
      onDelete: !UNMOVED.has(onDelete.toUpperCase()),
      onUpdate: !UNMOVED.has(onUpdate.toUpperCase()),
    };
    keys.set(name, key);
    if (column !== undefined) key.columns.push(column);
  }
  return [...keys.values()].filter((key) => key.onDelete || key.onUpdate);
}
