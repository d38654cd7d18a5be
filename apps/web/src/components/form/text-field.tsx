import type { InputHTMLAttributes } from 'react';
import type { FieldError } from '../../server/actions/form.ts';
import { FieldErrorText } from './field-error.tsx';
import type { FormTexts } from './texts.ts';

interface TextFieldProps
  extends Pick<
    InputHTMLAttributes<HTMLInputElement>,
    'type' | 'autoComplete' | 'inputMode' | 'maxLength' | 'required' | 'defaultValue' | 'lang'
  > {
  /** Unique in the page. */
  id: string;
  name: string;
  label: string;
  /** After the label, such as `optional`. */
  hint?: string;
  /** Makes it a field of several lines. */
  rows?: number;
  error: FieldError | undefined;
  texts: FormTexts;
}

/** A field with its label and what is wrong with it. */
export function TextField({ id, label, hint, rows, error, texts, type = 'text', ...field }: TextFieldProps) {
  const errorId = `${id}-error`;
  const shared = {
    id,
    className: 'field',
    'aria-invalid': error !== undefined,
    'aria-describedby': error === undefined ? undefined : errorId,
  };
  return (
    <div>
      <label htmlFor={id} className="mb-1 flex justify-between gap-3 text-sm font-semibold">
        {label}
        {hint !== undefined && <span className="font-normal text-muted">{hint}</span>}
      </label>
      {rows === undefined ? (
        <input type={type} {...field} {...shared} />
      ) : (
        <textarea
          rows={rows}
          name={field.name}
          maxLength={field.maxLength}
          required={field.required}
          defaultValue={field.defaultValue}
          lang={field.lang}
          {...shared}
        />
      )}
      <FieldErrorText id={errorId} error={error} texts={texts} />
    </div>
  );
}
