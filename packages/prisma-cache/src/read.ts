import type { DataModel } from './data-model.ts';
import { type Dependencies, dependenciesOf, tagsOfTables } from './dependencies.ts';
import { isObject, type PrismaRequest } from './protocol.ts';
import type { ReadContext } from './read-context.ts';
import type { Statements } from './statements.ts';
import type { Tables } from './tables.ts';

/** A query that only reads: what the cache wants to know of it. */
export interface Read {
  readonly model: string | null;
  readonly operation: string;
  /** False: it must go to the database. */
  readonly isCacheable: boolean;
  /** Whether it is cached when the query does not say so. */
  readonly byDefault: boolean;
  /** How its caller declared it, for raw SQL. */
  readonly declared: ReadContext['raw'];
  /** Seconds, of the model. */
  readonly ttl: number | undefined;
  readonly throwsWhenAbsent: boolean;
  tags: Dependencies['tags'];
}

export interface DescribeParts {
  readonly dataModel: DataModel;
  readonly tables: Tables;
  readonly statements: Statements;
  readonly provider: () => string;
}

const MODEL_READS = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'findMany',
  'aggregate',
  'groupBy',
]);

/** Null: it is no read. */
export function describeRead(
  request: PrismaRequest,
  context: ReadContext,
  parts: DescribeParts,
): Read | null {
  const { action, modelName } = request.protocolQuery;
  if (action === 'queryRaw') return describeRaw(request, context, parts);
  if (modelName === undefined || !MODEL_READS.has(action)) return null;
  const dependencies = dependenciesOf({ ...request.protocolQuery, modelName }, parts.dataModel, parts.tables);
  return {
    model: modelName,
    operation: request.clientMethod,
    // Inside a transaction a read may see what is not committed.
    isCacheable: request.transaction === undefined,
    byDefault: dependencies.tables.every((table) => table.options.cache !== false),
    declared: undefined,
    ttl: dependencies.tables[0]?.options.ttl,
    throwsWhenAbsent: action.endsWith('OrThrow'),
    tags: dependencies.tags,
  };
}

/** Null: it writes, and the driver adapter sees to that. */
function describeRaw(request: PrismaRequest, { raw }: ReadContext, parts: DescribeParts): Read | null {
  const args = request.protocolQuery.query.arguments;
  const sql = isObject(args) && typeof args.query === 'string' ? args.query : '';
  const provider = parts.provider();
  if (parts.statements.effectOf(sql, provider) !== null) return null;
  const seen = parts.statements.tablesOf(sql, provider)?.map(parts.tables.inSql);
  const declared = raw?.tables.map(parts.tables.find);
  const known = declared !== undefined || seen !== undefined;
  const touched = known ? [...(declared ?? []), ...(seen ?? [])] : parts.tables.all();
  return {
    model: null,
    operation: request.clientMethod,
    isCacheable: raw !== undefined && request.transaction === undefined,
    byDefault: false,
    declared: raw,
    ttl: undefined,
    throwsWhenAbsent: false,
    tags: () => tagsOfTables(touched, parts.tables),
  };
}
