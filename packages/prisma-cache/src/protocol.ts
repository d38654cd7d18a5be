import type { DataModel } from './data-model.ts';

/** What Prisma is about to execute, after every extension has had its say: names, arguments and selection in full. */
export interface ProtocolQuery {
  readonly modelName?: string;
  readonly action: string;
  readonly query: SelectionNode;
}

/** What is asked of one model: values are plain JSON; dates, decimals, bytes and the like are `{ $type, value }`. */
export interface SelectionNode {
  readonly arguments?: unknown;
  readonly selection?: unknown;
}

/** One request of the client, as Prisma's request handler gets it. */
export interface PrismaRequest {
  readonly protocolQuery: ProtocolQuery;
  readonly clientMethod: string;
  readonly dataPath: readonly string[];
  readonly transaction?: unknown;
  /** Gives the result of an aggregate the form that its caller asked for, which the query does not tell. */
  readonly unpacker?: unknown;
  readonly extensions: Extensions;
}

/** The extensions of one client, in the order in which they were added. */
export interface Extensions {
  /** True: there are none, so that Prisma passes by whatever looks for them. */
  isEmpty(): boolean;
  /** What they add to the client itself. */
  getAllClientExtensions(): object | undefined;
}

/** What the database's side answers, before Prisma makes dates, decimals and bytes of it. */
export interface EngineAnswer {
  readonly data: unknown;
}

/** The part of Prisma's internals that reads pass through. */
export interface RequestHandler {
  request(this: RequestHandler, request: PrismaRequest): Promise<unknown>;
  mapQueryEngineResult(this: RequestHandler, request: PrismaRequest, answer: EngineAnswer): unknown;
}

export const isExtensions = (value: unknown): value is Extensions =>
  isObject(value) &&
  typeof value.isEmpty === 'function' &&
  typeof value.getAllClientExtensions === 'function';

export interface ClientInternals {
  readonly handler: RequestHandler;
  readonly dataModel: DataModel;
  readonly extensions: Extensions;
}

export const isRequest = (value: unknown): value is PrismaRequest => {
  if (!isObject(value) || !Array.isArray(value.dataPath)) return false;
  if (!('transaction' in value) || !('unpacker' in value)) return false;
  const { protocolQuery, clientMethod, extensions } = value;
  return isExtensions(extensions) &&
    isObject(protocolQuery) &&
    typeof protocolQuery.action === 'string' &&
    isObject(protocolQuery.query)
    ? typeof clientMethod === 'string'
    : false;
};

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
