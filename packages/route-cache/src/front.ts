import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { Answer } from './answer.ts';
import type { Question } from './asked.ts';

/** What the framework does to requests and responses, so that the front does the same. */
export interface FrontOptions {
  /**
   * What the framework adds to every response; a route's own fields of these names do not count, unless they may appear
   * several times. A request with a field that is named here in `Vary` is the framework's, which answers it in another
   * way.
   */
  readonly headers?: Readonly<Record<string, string>>;
  /** Response fields that the framework drops. Default none. */
  readonly drops?: readonly string[];
  /**
   * Request fields that the framework sets where a client did not. A response that is chosen by one which is missing is
   * the framework's. Default none.
   */
  readonly completes?: readonly string[];
  /** How many URLs are remembered, the last used. Default 10,000. */
  readonly maxUrls?: number;
}

/**
 * What a route cache has in this process's memory for a request.
 *
 * @param isUnknown Whether the route may get to see another value of a request field.
 */
export type Recall = (question: Question, isUnknown: (name: string) => boolean) => Promise<Answer | null>;

/**
 * Stands before a framework in an `http.Server`, and gives the answers that a route cache behind it has in memory: a hit
 * then costs nothing of the framework. It learns from the answers behind the framework which cache has what URL. Right
 * where method and URL alone decide who answers: not before middleware that turns away or rewrites its requests by
 * cookies or other fields.
 */
export interface Front {
  /** Answers a request, or lets `next` do it. */
  handle(request: IncomingMessage, response: ServerResponse, next: () => void): void;
  /** Told by a route cache that has just answered a request for this absolute URL with what is stored. */
  learn(url: string, recall: Recall): void;
}

interface Known {
  readonly origin: string;
  readonly recall: Recall;
}

const METHODS = new Set(['GET', 'HEAD']);
/** A response may have these several times: the framework's and the route's. */
const REPEATABLE = new Set(['vary', 'www-authenticate', 'proxy-authenticate']);

export function createFront(options: FrontOptions = {}): Front {
  const { headers = {}, drops = [], completes = [], maxUrls = 10_000 } = options;
  const added = new Headers(headers);
  const dropped = new Set(drops);
  const frameworkFields = (added.get('vary') ?? '').split(',').map((name) => name.trim().toLowerCase());
  /** By method and target: a route may leave one method to a handler of its own. */
  const known = new LRUCache<string, Known>({ max: maxUrls });
  /** The request that the framework is answering. */
  const answering = new AsyncLocalStorage<{ readonly method: string; readonly target: string }>();

  async function ask({ method = '', url = '', headers }: IncomingMessage, { origin, recall }: Known) {
    const isUnknown = (name: string) => completes.includes(name) && headers[name] === undefined;
    return recall({ method, url: origin + url, headers: toHeaders(headers) }, isUnknown);
  }

  return {
    handle(request, response, next) {
      const { method = '', url: target = '' } = request;
      const pass = () => answering.run({ method, target }, next);
      const found = METHODS.has(method) ? known.get(`${method} ${target}`) : undefined;
      if (found === undefined || frameworkFields.some((name) => request.headers[name] !== undefined)) {
        pass();
        return;
      }
      ask(request, found)
        // What goes wrong in looking for it is for the framework to say.
        .catch(() => null)
        .then((answer) => {
          if (answer === null || !send(response, answer, added, dropped)) pass();
        });
    },

    learn(url, recall) {
      const asked = answering.getStore();
      const { origin, pathname, search } = new URL(url);
      // A page may call a route of another URL while it is rendered.
      if (asked?.target === pathname + search)
        known.set(`${asked.method} ${asked.target}`, { origin, recall });
    },
  };
}

function toHeaders(fields: IncomingHttpHeaders): Headers {
  const list = new Headers();
  for (const [name, value = []] of Object.entries(fields)) {
    for (const each of [value].flat()) list.append(name, each);
  }
  return list;
}

/** False, and nothing has happened to the response, if Node refuses to send the answer (a field's value, say). */
function send(response: ServerResponse, answer: Answer, added: Headers, dropped: ReadonlySet<string>) {
  const { status, statusText, headers, body } = answer;
  const set: string[] = [];
  try {
    for (const [name, value] of [...added, ...headers]) {
      if (dropped.has(name)) continue;
      if (REPEATABLE.has(name)) response.appendHeader(name, value);
      else if (response.hasHeader(name)) continue;
      else response.setHeader(name, value);
      set.push(name);
    }
    response.statusCode = status;
    if (statusText) response.statusMessage = statusText;
    response.end(body ?? undefined);
    return true;
  } catch {
    for (const name of set) response.removeHeader(name);
    return false;
  }
}
