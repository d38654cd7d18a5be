import type { DataModel } from './data-model.ts';
import { isObject, type ProtocolQuery, type SelectionNode } from './protocol.ts';
import type { Table, Tables } from './tables.ts';
import { EVERYTHING, keyPart } from './tags.ts';

/** What a read of models depends on. */
export interface Dependencies {
  /** Every table that it touches, the model's own among them. */
  readonly tables: readonly Table[];
  /**
   * @param answer What the database answered; undefined while that is not known, or when it failed.
   */
  tags(answer?: unknown): string[];
}

/** Tables that a query touches anywhere: selections, filters, orders, counts, at any depth, join tables included. */
export function dependenciesOf(
  query: ProtocolQuery & { readonly modelName: string },
  dataModel: DataModel,
  tables: Tables,
): Dependencies {
  const root = tables.find(query.modelName);
  const names = new Set<string>();
  visitNode(query.query, query.modelName, dataModel, (name) => names.add(name));
  const others = [...names].filter((name) => tables.mayExist(name) || name in dataModel.models);
  const touched = [root, ...others.map((name) => tables.find(name))];
  // A row that refers to its own table (a category's parent) depends on the table.
  const isPrecise = query.action.startsWith('findUnique') && !names.has(query.modelName);
  const rootWhole = wholeTags(root, tables);
  const rest = [EVERYTHING, ...touched.slice(1).flatMap((table) => wholeTags(table, tables))];
  return {
    tables: touched,
    tags(answer) {
      const row = isPrecise && answer !== undefined ? rowTags(query, root, dataModel, answer) : null;
      return [...new Set([...rest, ...(row ?? rootWhole)])];
    },
  };
}

/** Of what a raw query reads. */
export function tagsOfTables(touched: readonly Table[], tables: Tables): string[] {
  return [...new Set([EVERYTHING, ...touched.flatMap((table) => wholeTags(table, tables))])];
}

/** A view changes with the tables that it shows. */
function wholeTags(table: Table, tables: Tables): string[] {
  const shown = table.options.readsFrom ?? [];
  return [table.tags.set, ...shown.map((name) => tables.find(name).tags.set)];
}

type Visit = (table: string) => void;

function visitNode(node: SelectionNode, model: string, dataModel: DataModel, visit: Visit) {
  visitArguments(node.arguments, model, dataModel, visit);
  if (!isObject(node.selection)) return;
  for (const [name, selected] of Object.entries(node.selection)) {
    if (selected === false || selected === undefined) continue;
    const related = relation(name, model, dataModel, visit);
    // `_count` has a selection of relations of the same model.
    if (isObject(selected)) visitNode(selected, related ?? model, dataModel, visit);
  }
}

/** Filters and orders: a key is a relation, or says something about the same model. */
function visitArguments(value: unknown, model: string, dataModel: DataModel, visit: Visit) {
  if (Array.isArray(value)) {
    for (const item of value) visitArguments(item, model, dataModel, visit);
    return;
  }
  if (!isObject(value)) return;
  for (const [name, part] of Object.entries(value)) {
    visitArguments(part, relation(name, model, dataModel, visit) ?? model, dataModel, visit);
  }
}

/** The model that a relation leads to; its tables are visited. */
function relation(name: string, model: string, dataModel: DataModel, visit: Visit): string | null {
  const field = dataModel.models[model]?.fields.find((one) => one.name === name && one.kind === 'object');
  if (field === undefined) return null;
  visit(field.type);
  // The join table of a many-to-many relation that has no model.
  if (field.relationName != null) visit(`_${field.relationName}`);
  return field.type;
}

/** The row that was read, by the primary key that was asked for, or that was found. Null: not that certain. */
function rowTags(
  query: ProtocolQuery & { readonly modelName: string },
  root: Table,
  dataModel: DataModel,
  answer: unknown,
): string[] | null {
  const columns = root.primaryKey();
  if (columns === null || root.options.readsFrom !== undefined) return null;
  const found = isObject(answer) ? answer[query.action] : undefined;
  for (const candidate of [...askedFor(query, columns.length, dataModel), found]) {
    if (!isObject(candidate)) continue;
    const parts = columns.map(({ field, type }) => keyPart(plain(candidate[field]), type));
    if (parts.includes(null)) continue;
    const { rows, added, row } = root.tags;
    const tags = [rows, row(parts.filter((part) => part !== null))];
    return found === null ? [...tags, added] : tags;
  }
  return null;
}

const COMBINING = new Set(['AND', 'OR', 'NOT']);

/** Where a filter may name the primary key: a compound one is a level deeper, under a name of its own. */
function askedFor(
  { modelName, query }: ProtocolQuery & { readonly modelName: string },
  columns: number,
  dataModel: DataModel,
): unknown[] {
  const where = isObject(query.arguments) ? query.arguments.where : undefined;
  if (!isObject(where)) return [];
  if (columns === 1) return [where];
  const isField = (name: string) => dataModel.models[modelName]?.fields.some((field) => field.name === name);
  const compound = Object.entries(where).filter(([name]) => !COMBINING.has(name) && !isField(name));
  return [where, ...compound.map(([, value]) => value)];
}

const plain = (value: unknown) => (isObject(value) && value.$type === 'BigInt' ? value.value : value);
