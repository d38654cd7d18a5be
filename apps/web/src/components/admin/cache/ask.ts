export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  /** What the server says is wrong; null when it could not be asked. */
  | { readonly ok: false; readonly problem: string | null };

/** Asks one of the site's own routes. Never rejects. */
export async function ask<T>(path: string, body?: unknown): Promise<Answer<T>> {
  try {
    const response = await fetch(
      path,
      body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    );
    const value = await response.json();
    if (response.ok) return { ok: true, value };
    return { ok: false, problem: value.problems?.join(' ') ?? value.error ?? null };
  } catch {
    return { ok: false, problem: null };
  }
}
