import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { Answer } from './answer.ts';
import type { Question } from './asked.ts';

export interface FrontOptions {
  /**
   * What the framework adds to every response, and so the front to its own. A request with a field that is named here
   * in `Vary` is the framework's, which answers it in another way.
   */
  readonly headers?: Readonly<Record<string, string>>;
  /** How many URLs are remembered, the last used. Default 10,000. */
  readonly maxUrls?: number;
}

/** What a route cache has in this process's memory for a request. */
export type Recall = (question: Question) => Promise<Answer | null>;

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

export function createFront({ headers = {}, maxUrls = 10_000 }: FrontOptions = {}): Front {
  const added = new Headers(headers);
  const frameworkFields = (added.get('vary') ?? '').split(',').map((name) => name.trim().toLowerCase());
  const known = new LRUCache<string, Known>({ max: maxUrls });
  /** The target of the request that the framework is answering. */
  const targets = new AsyncLocalStorage<string>();

  async function ask(request: IncomingMessage, { origin, recall }: Known): Promise<Answer | null> {
    const { method = '', url = '' } = request;
    return recall({ method, url: origin + url, headers: toHeaders(request) });
  }

  return {
    handle(request, response, next) {
      const { method = '', url: target = '' } = request;
      const pass = () => targets.run(target, next);
      const found = METHODS.has(method) ? known.get(target) : undefined;
      if (found === undefined || frameworkFields.some((name) => request.headers[name] !== undefined)) {
        pass();
        return;
      }
      ask(request, found)
        // What goes wrong in looking for it is for the framework to say.
        .catch(() => null)
        .then((answer) => (answer === null ? pass() : send(response, answer, added)))
        .catch(() => response.destroy());
    },

    learn(url, recall) {
      const target = targets.getStore();
      const { origin, pathname, search } = new URL(url);
      // A page may call a route of another URL while it is rendered.
      if (target === pathname + search) known.set(target, { origin, recall });
    },
  };
}

function toHeaders({ headers }: IncomingMessage): Headers {
  const list = new Headers();
  for (const [name, value = []] of Object.entries(headers)) {
    for (const each of [value].flat()) list.append(name, each);
  }
  return list;
}

function send(response: ServerResponse, { status, statusText, headers, body }: Answer, added: Headers) {
  response.setHeaders(added);
  for (const [name, value] of headers) {
    if (name === 'vary') response.appendHeader(name, value);
    else response.setHeader(name, value);
  }
  response.statusCode = status;
  if (statusText) response.statusMessage = statusText;
  response.end(body ?? undefined);
}
