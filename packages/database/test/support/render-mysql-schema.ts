import { get_dmmf } from '@prisma/prisma-schema-wasm';

/**
 * The MySQL tables of a Prisma schema as Prisma's own migration engine would write them for an empty
 * database. That engine is a native program that cannot be had everywhere; the migrations are compared with this.
 * Knows what prisma/schema.prisma uses, and throws at anything else.
 */
export function renderMysqlSchema(schema: string): string {
  const dmmf: Dmmf = JSON.parse(get_dmmf(JSON.stringify({ prismaSchema: [['schema.prisma', schema]] })));
  const tables = dmmf.datamodel.models.map((model) => renderTable(model, dmmf.datamodel));
  const foreignKeys = dmmf.datamodel.models.flatMap(renderForeignKeys);
  return `${[...tables, ...foreignKeys].join('\n\n')}\n`;
}

interface Field {
  name: string;
  kind: 'scalar' | 'enum' | 'object';
  type: string;
  isRequired: boolean;
  isId: boolean;
  documentation?: string;
  nativeType: [string, string[]] | null;
  default?: string | number | boolean | { name: string };
  relationFromFields?: string[];
  relationToFields?: string[];
  relationOnDelete?: string;
}
interface Model {
  name: string;
  fields: Field[];
  primaryKey: { fields: string[] } | null;
}
interface Datamodel {
  models: Model[];
  enums: { name: string; values: { name: string }[] }[];
  indexes: { model: string; type: string; fields: { name: string }[] }[];
}
interface Dmmf {
  datamodel: Datamodel;
}

function renderTable(model: Model, datamodel: Datamodel): string {
  const columns = model.fields
    .filter((field) => field.kind !== 'object')
    .map((field) => `    ${renderColumn(field, datamodel)}`);
  const indexes = datamodel.indexes
    .filter((index) => index.model === model.name && index.type !== 'id')
    .map((index) => {
      const names = index.fields.map((field) => field.name);
      const unique = index.type === 'unique';
      const name = `${model.name}_${names.join('_')}_${unique ? 'key' : 'idx'}`;
      return `    ${unique ? 'UNIQUE ' : ''}INDEX ${quote(name)}(${names.map(quote).join(', ')})`;
    });
  const key = model.primaryKey?.fields ?? model.fields.filter((field) => field.isId).map(({ name }) => name);
  return [
    '-- CreateTable',
    `CREATE TABLE ${quote(model.name)} (`,
    `${columns.join(',\n')},\n`,
    [...indexes, `    PRIMARY KEY (${key.map(quote).join(', ')})`].join(',\n'),
    ') DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;',
  ].join('\n');
}

function renderColumn(field: Field, datamodel: Datamodel): string {
  const words = [quote(field.name), columnType(field, datamodel), field.isRequired ? 'NOT NULL' : 'NULL'];
  const value = field.default;
  if (typeof value === 'object') {
    if (value.name === 'autoincrement') words.push('AUTO_INCREMENT');
    else if (value.name === 'now') words.push('DEFAULT CURRENT_TIMESTAMP(3)');
    else if (value.name !== 'uuid') throw new Error(`unknown default ${value.name}()`);
  } else if (typeof value === 'string') words.push(`DEFAULT '${value}'`);
  else if (value !== undefined) words.push(`DEFAULT ${value}`);
  return words.join(' ');
}

function columnType({ kind, type, nativeType, documentation }: Field, datamodel: Datamodel): string {
  if (kind === 'enum') {
    const values = datamodel.enums.find(({ name }) => name === type)?.values ?? [];
    return `ENUM(${values.map(({ name }) => `'${name}'`).join(', ')})`;
  }
  if (nativeType) {
    const [name, parameters] = nativeType;
    return (
      name.toUpperCase() +
      (parameters.length > 0 ? `(${parameters.join(', ')})` : '') +
      collation(documentation)
    );
  }
  const defaults: Record<string, string> = {
    Boolean: 'BOOLEAN',
    DateTime: 'DATETIME(3)',
    Int: 'INTEGER',
    Json: 'JSON',
    String: 'VARCHAR(191)',
  };
  const columnType = defaults[type];
  if (columnType === undefined) throw new Error(`unknown type ${type}`);
  return columnType;
}

/** Prisma's schema has no words for it, so that it is in a field's comment. */
function collation(documentation = ''): string {
  const [name] = /\butf8mb4_\w+\b/.exec(documentation) ?? [];
  return name === undefined ? '' : ` CHARACTER SET utf8mb4 COLLATE ${name}`;
}

function renderForeignKeys(model: Model): string[] {
  return model.fields.flatMap(({ type, isRequired, ...field }) => {
    const from = field.relationFromFields ?? [];
    if (from.length === 0) return [];
    const onDelete = field.relationOnDelete ?? (isRequired ? 'Restrict' : 'SetNull');
    return [
      `-- AddForeignKey\nALTER TABLE ${quote(model.name)}` +
        ` ADD CONSTRAINT ${quote(`${model.name}_${from.join('_')}_fkey`)}` +
        ` FOREIGN KEY (${from.map(quote).join(', ')})` +
        ` REFERENCES ${quote(type)}(${(field.relationToFields ?? []).map(quote).join(', ')})` +
        ` ON DELETE ${onDelete.replace('SetNull', 'SET NULL').toUpperCase()} ON UPDATE CASCADE;`,
    ];
  });
}

function quote(name: string): string {
  return `\`${name}\``;
}
