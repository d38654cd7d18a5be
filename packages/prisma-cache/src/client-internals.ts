import { isDataModel } from './data-model.ts';
import { type ClientInternals, isExtensions, isObject, type RequestHandler } from './protocol.ts';

/**
 * The internals of a client that the cache relies on. Null when one is missing: another version of Prisma.
 *
 * Prisma has no public place that knows the query in full: a query extension sees the arguments before the extensions
 * that were added later (a tenant's filter, for example), and not what result extensions and `omit` select.
 */
export function internalsOf(client: unknown): ClientInternals | null {
  if (!isObject(client)) return null;
  const dataModel = client._runtimeDataModel;
  const handler = client._requestHandler;
  const extensions = client._extensions;
  if (!isDataModel(dataModel) || !isHandler(handler) || !isExtensions(extensions)) return null;
  return { dataModel, handler, extensions };
}

function isHandler(value: unknown): value is RequestHandler {
  return (
    isObject(value) && typeof value.request === 'function' && typeof value.mapQueryEngineResult === 'function'
  );
}
