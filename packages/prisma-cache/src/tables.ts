import type { Catalogue, PrimaryKeyColumn } from './catalogue.ts';
import type { DataModel } from './data-model.ts';
import type { ModelOptions } from './options.ts';
import { type TableTags, tableTags } from './tags.ts';

/** Everything that is known of one table. */
export interface Table {
  /** The model's name; of a table without a model, the table's in lower case. */
  readonly name: string;
  readonly tags: TableTags;
  readonly options: ModelOptions;
  /** The columns of the primary key, in lower case, each with the model's field. Null: not known, or of odd types. */
  primaryKey(): readonly KeyColumn[] | null;
}

export interface KeyColumn {
  readonly column: string;
  readonly field: string;
  readonly type: 'number' | 'text';
}

export interface Tables {
  /** By the name that people give: of the model or, where there is no such model, of the table in any case. */
  find(name: string): Table;
  /** By the name that it has in the database, in any case: it may be that of another's model. */
  inSql(name: string): Table;
  /**
   * Where rows change too when rows of this table are deleted, or when these columns of it, or any, are updated:
   * foreign keys.
   */
  cascades(table: string, change: 'delete' | 'update' | readonly string[]): readonly string[];
  /** Whether there is a table of this name. True when that is not known. */
  mayExist(name: string): boolean;
  /** Of all models. */
  all(): readonly Table[];
  /** False: which tables are those of models is not known, so that their tags are not either. */
  readonly knowsModels: boolean;
  /** False: which rows change with others is not known. */
  readonly knowsCascades: boolean;
  use(what: { readonly dataModel?: DataModel; readonly catalogue?: Catalogue | null }): void;
}

/** Names of tables, models and tags, brought together from the client, the database's catalogue and the options. */
export function createTables(models: Readonly<Record<string, ModelOptions>>): Tables {
  let byModel = new Map<string, Table>();
  let bySqlName = new Map<string, Table>();
  let modelNames: ReadonlySet<string> = new Set();
  let catalogue: Catalogue | null = null;
  const options = new Map(Object.entries(models).map(([name, value]) => [name.toLowerCase(), value]));

  function makeTable(model: string | null, sqlName: string, fieldOf: (column: string) => string): Table {
    const name = model ?? sqlName;
    return {
      name,
      tags: tableTags(name),
      options: optionsOf(model, sqlName),
      primaryKey: () => keyOf(catalogue?.primaryKeys.get(sqlName), fieldOf),
    };
  }

  function optionsOf(model: string | null, sqlName: string): ModelOptions {
    const ofModel = model === null ? undefined : options.get(model.toLowerCase());
    return ofModel ?? (modelNames.has(sqlName) ? undefined : options.get(sqlName)) ?? {};
  }

  function useDataModel(dataModel: DataModel) {
    byModel = new Map();
    bySqlName = new Map();
    modelNames = new Set(Object.keys(dataModel.models).map((name) => name.toLowerCase()));
    for (const [model, { dbName, fields }] of Object.entries(dataModel.models)) {
      const columns = new Map(
        fields.map((field) => [(field.dbName ?? field.name).toLowerCase(), field.name]),
      );
      const sqlName = (dbName ?? model).toLowerCase();
      const table = makeTable(model, sqlName, (column) => columns.get(column) ?? column);
      byModel.set(model.toLowerCase(), table);
      bySqlName.set(sqlName, table);
    }
  }

  function inSql(name: string): Table {
    const lower = name.toLowerCase();
    // Names come from SQL, which may come from anywhere: those without a model are not remembered.
    return bySqlName.get(lower) ?? makeTable(null, lower, (column) => column);
  }

  return {
    find: (name) => byModel.get(name.toLowerCase()) ?? inSql(name),
    inSql,
    cascades(table, change) {
      const reached = new Set<string>();
      const queue = follow(catalogue, table, change);
      for (let child = queue.pop(); child !== undefined; child = queue.pop()) {
        if (reached.has(child)) continue;
        reached.add(child);
        queue.push(...follow(catalogue, child, 'any'));
      }
      return [...reached];
    },
    mayExist: (name) => catalogue === null || catalogue.tables.has(name.toLowerCase()),
    all: () => [...byModel.values()],
    get knowsModels() {
      return byModel.size > 0;
    },
    get knowsCascades() {
      return catalogue !== null;
    },
    use(what) {
      if (what.dataModel !== undefined) useDataModel(what.dataModel);
      if (what.catalogue !== undefined) catalogue = what.catalogue;
    },
  };
}

function keyOf(columns: readonly PrimaryKeyColumn[] | undefined, fieldOf: (column: string) => string) {
  if (columns === undefined || columns.length === 0) return null;
  const key: KeyColumn[] = [];
  for (const { column, type } of columns) {
    if (type === 'other') return null;
    key.push({ column, field: fieldOf(column), type });
  }
  return key;
}

type Change = 'delete' | 'update' | 'any' | readonly string[];

function follow(catalogue: Catalogue | null, table: string, change: Change) {
  const touched = (key: { onDelete: boolean; onUpdate: boolean; columns: readonly string[] }) => {
    if (change === 'any') return true;
    if (change === 'delete') return key.onDelete;
    if (change === 'update') return key.onUpdate;
    return key.onUpdate && key.columns.some((column) => column === '' || change.includes(column));
  };
  return (catalogue?.foreignKeys ?? [])
    .filter((key) => key.parent === table && touched(key))
    .map((key) => key.child);
}
