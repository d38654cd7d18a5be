import { checkReadOptions, type ReadOptions } from './options.ts';
import { isObject, type PrismaRequest } from './protocol.ts';

const READS = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'findMany',
  'count',
  'aggregate',
  'groupBy',
]);

/** What a read says of its own caching. False: it is not to be cached. */
export type CacheOption = ReadOptions | false | undefined;

/**
 * Takes `cache`, which the database's side does not know, from the arguments of a read. Whatever else it is given, also
 * by a version of Prisma that is not known, it leaves as it is.
 *
 * @throws {TypeError} for what is neither `false` nor an object, or has wrong options.
 */
export function takeCacheArgument<T>(request: T): { readonly request: T; readonly option: CacheOption } {
  const { clientMethod, protocolQuery } = isObject(request) ? (request as Partial<PrismaRequest>) : {};
  const args = protocolQuery?.query?.arguments;
  if (!isObject(args) || !('cache' in args) || !isRead(clientMethod)) return { request, option: undefined };
  const { cache, ...own } = args;
  const query = { ...protocolQuery?.query, arguments: own };
  return { request: { ...request, protocolQuery: { ...protocolQuery, query } }, option: checked(cache) };
}

/** For `$extends`, where requests cannot be seen: takes `cache` from the arguments, so that such reads go on. */
export function dropCacheArgument({ operation, args, query }: Passing): PromiseLike<unknown> {
  if (!READS.has(operation) || !isObject(args)) return query(args);
  const { cache: _, ...own } = args;
  return query(own);
}

export interface Passing {
  readonly operation: string;
  readonly args: unknown;
  query(args: unknown): PromiseLike<unknown>;
}

/** `report.findMany`. */
function isRead(clientMethod: string | undefined): boolean {
  return READS.has(clientMethod?.slice(clientMethod.lastIndexOf('.') + 1) ?? '');
}

function checked(given: unknown): CacheOption {
  if (given === undefined || given === false) return given;
  if (isObject(given)) {
    checkReadOptions(given);
    return given;
  }
  throw new TypeError('`cache` of a query must be false or an object, such as { ttl: 60 }');
}
