import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { FormFailure } from './form.ts';

/**
 * Without a script, Next 16.4 answers the form of a partly prerendered page with the page's dynamic parts
 * alone, which shows no result: such a form must be answered with a redirect.
 */
async function wasSentByScript(): Promise<boolean> {
  return (await headers()).has('next-action');
}

/**
 * The result of a form: the state itself for a script; otherwise a redirect to the form's page, with the `FormError`
 * in its parameter `error`, or `done`.
 *
 * @param query Further parameters of that page.
 */
export async function answerForm<State extends { readonly ok: true } | FormFailure<string>>(
  state: State,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<State> {
  if (await wasSentByScript()) return state;
  const outcome = state.ok ? { done: '1' } : { error: state.error };
  return redirect(`${path}?${new URLSearchParams({ ...outcome, ...query })}`);
}
