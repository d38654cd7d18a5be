/** What operators' tools keep in Redis, beside the cache and under its prefix. One hash tag: one slot of a Cluster. */
export function operationsKeys(keyPrefix: string) {
  const key = (name: string) => `${keyPrefix}{ops}:${name}`;
  return {
    /** Hash: a report of each process. */
    processes: key('processes'),
    /** Hash: the metrics of each process, as JSON. */
    metrics: key('metrics'),
    /** Stream, capped: who invalidated what. */
    audit: key('audit'),
    /** String: how many entries there are of each kind. */
    census: key('census'),
    /** String, for seconds: one process counts at a time. */
    censusLease: key('census-lease'),
  };
}
