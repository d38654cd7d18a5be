import type { FieldError } from '../../server/actions/form.ts';
import type { FormTexts } from './texts.ts';

interface FieldErrorProps {
  id: string;
  error: FieldError | undefined;
  texts: FormTexts;
}

/** What is wrong with a field. The field refers to it with `aria-describedby`. */
export function FieldErrorText({ id, error, texts }: FieldErrorProps) {
  if (error === undefined) return null;
  const text = texts.fieldErrors[error.code];
  return (
    <p id={id} className="mt-1.5 text-sm font-semibold text-alarm">
      {'limit' in error ? text.replace('{limit}', String(error.limit)) : text}
    </p>
  );
}
