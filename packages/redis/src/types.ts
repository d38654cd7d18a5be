/** A reply as RESP2 carries it: text as bytes, everything else as whole numbers, null and lists. */
export type RedisReply = Buffer | number | null | RedisReply[];

export type RedisArgument = string | Buffer | number;

export interface RedisScript {
  /** For messages. */
  readonly name: string;
  readonly lua: string;
}

export interface CommandOptions {
  /** Overrides the connection's deadline, in ms. For blocking commands: their blocking time plus a deadline. */
  readonly timeoutMs?: number;
  /** Sends even while the breaker is open. Default false. */
  readonly ignoreBreaker?: boolean;
}

/**
 * A connection that opens itself at its first use, and again whenever it is lost. Every call settles within its
 * deadline, and at once while there is no connection: nothing is queued. It rejects with an error whose `code` is
 * - `ERR_REDIS_DEADLINE`: no answer in time. The server may still execute the command later.
 * - `ERR_REDIS_BREAKER_OPEN`: not sent, because the server did not answer lately.
 * - `ERR_REDIS_UNAVAILABLE`: no connection, not yet, or not any more.
 * - `ERR_REDIS_REPLY`: the server answered with an error; `reply` holds its first word.
 */
export interface RedisConnection {
  /** @param name In capitals, as in the Redis manual. */
  command(name: string, args: readonly RedisArgument[], options?: CommandOptions): Promise<RedisReply>;
  /** EVALSHA, with EVAL after NOSCRIPT, both within one deadline. */
  script(
    script: RedisScript,
    keys: readonly string[],
    args: readonly RedisArgument[],
    options?: CommandOptions,
  ): Promise<RedisReply>;
  /** How often this connection has become ready; another server may answer after each. 0: never yet. */
  readonly generation: number;
  readonly ready: boolean;
  /** Keys are spread over several servers: multi-key commands need one hash tag. */
  readonly cluster: boolean;
  /** Calls back whenever the connection becomes ready; opens nothing itself. Returns the unsubscriber. */
  onReady(listener: () => void): () => void;
}

export interface Health {
  /** `degraded`: connected, but calls are held back or part of the connections is missing. */
  readonly status: 'ready' | 'degraded' | 'down';
  /** One plain sentence without secrets. */
  readonly reason: string;
  /** `open`: calls are held back, because Redis did not answer lately. `half-open`: one call finds out. */
  readonly breaker: 'closed' | 'open' | 'half-open';
  /** How long the status has been the same, in ms. */
  readonly sinceMs: number;
}
