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
  /** By the name of the model, or of the table in any case. */
  find(name: string): Table;
  /** Where rows change too when rows of this table are deleted, or when these columns of it change: foreign keys. */
  cascades(table: string, change: 'delete' | readonly string[]): readonly string[];
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
  let byName = new Map<string, Table>();
  let modelTables: Table[] = [];
  let catalogue: Catalogue | null = null;
  const options = new Map(Object.entries(models).map(([name, value]) => [name.toLowerCase(), value]));

  function makeTable(name: string, table: string, fieldOf: (column: string) => string): Table {
    return {
      name,
      tags: tableTags(name),
      options: options.get(name.toLowerCase()) ?? options.get(table) ?? {},
      primaryKey: () => keyOf(catalogue?.primaryKeys.get(table), fieldOf),
    };
  }

  function useDataModel(dataModel: DataModel) {
    byName = new Map();
    modelTables = Object.entries(dataModel.models).map(([name, { dbName, fields }]) => {
      const columns = new Map(
        fields.map((field) => [(field.dbName ?? field.name).toLowerCase(), field.name]),
      );
      const tableName = (dbName ?? name).toLowerCase();
      const table = makeTable(name, tableName, (column) => columns.get(column) ?? column);
      byName.set(name.toLowerCase(), table);
      byName.set(tableName, table);
      return table;
    });
  }

  return {
    find(name) {
      const lower = name.toLowerCase();
      const known = byName.get(lower);
      if (known !== undefined) return known;
      // Names come from SQL, which may come from anywhere: those without a model are not remembered.
      return makeTable(lower, lower, (column) => column);
    },
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
    all: () => modelTables,
    get knowsModels() {
      return modelTables.length > 0;
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

function follow(catalogue: Catalogue | null, table: string, change: 'delete' | 'any' | readonly string[]) {
  const touched = (key: { onDelete: boolean; onUpdate: boolean; columns: readonly string[] }) => {
    if (change === 'any') return true;
    if (change === 'delete') return key.onDelete;
    return key.onUpdate && key.columns.some((column) => column === '' || change.includes(column));
  };
  return (catalogue?.foreignKeys ?? [])
    .filter((key) => key.parent === table && touched(key))
    .map((key) => key.child);
}
