'use client';

import { catchError, type ErrorInfo } from 'next/error';

interface ErrorTexts {
  heading: string;
  text: string;
  retry: string;
  /** With `{digest}` where the reference stands. */
  reference: string;
}

/** What stands in the place of a page that failed, in its language. */
function Failure({ texts }: { texts: ErrorTexts }, { error, retry }: ErrorInfo) {
  const digest = digestOf(error);
  return (
    <div className="page py-24" role="alert">
      <h1 className="max-w-2xl text-3xl">{texts.heading}</h1>
      <p className="mt-4 text-lg text-muted">{texts.text}</p>
      <button type="button" className="button button-primary mt-8" onClick={() => retry()}>
        {texts.retry}
      </button>
      {digest !== null && (
        <p className="kicker figures mt-6">{texts.reference.replace('{digest}', digest)}</p>
      )}
    </div>
  );
}

export const ErrorBoundary = catchError(Failure);

/** What the server logged the error under. */
function digestOf(error: unknown): string | null {
  const digest = typeof error === 'object' && error !== null && 'digest' in error ? error.digest : null;
  return typeof digest === 'string' ? digest : null;
}
