'use client';

import type { ReactNode } from 'react';
import type { FormError } from '../../server/actions/form.ts';
import { FormAlert } from './form-alert.tsx';
import type { FormTexts } from './texts.ts';
import { type FormAction, type Success, useForm } from './use-form.ts';

interface ActionFormProps<Field extends string, Done extends Success> {
  action: FormAction<Field, Done>;
  /** What is sent besides what people fill in. */
  hidden: Readonly<Record<string, string>>;
  /** What it is called, where it is all that a page is for. Its button is the page's then. */
  title?: string;
  /** Of an attempt without scripts, which led back to the page. */
  error?: FormError | null;
  submit: string;
  /** On the button until the answer comes. Default: `submit`. */
  submitting?: string;
  /** Said after success, below the button. */
  saved?: string;
  /** Shown after success in the place of the form. */
  whenDone?: (done: Done) => ReactNode;
  className?: string;
  texts: FormTexts;
  children?: (field: ReturnType<typeof useForm<Field, Done>>['field']) => ReactNode;
}

/** Some fields and a button; what was wrong is said above them. Works without scripts. */
export function ActionForm<Field extends string, Done extends Success>({
  action,
  hidden,
  title,
  error = null,
  submit,
  submitting = submit,
  saved,
  whenDone,
  className,
  texts,
  children,
}: ActionFormProps<Field, Done>) {
  const { form, field, pending, failure, done } = useForm(action, texts);
  if (done !== null && whenDone !== undefined) return whenDone(done);
  const shownError = failure?.error ?? error;
  return (
    <form {...form} className={className} aria-label={title}>
      {shownError !== null && <FormAlert error={shownError} texts={texts} />}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children?.(field)}
      <button
        type="submit"
        className={`button ${title === undefined ? 'button-quiet' : 'button-primary w-full'}`}
        disabled={pending}
      >
        {pending ? submitting : submit}
      </button>
      {saved !== undefined && (
        <p role="status" className="text-sm font-semibold">
          {done !== null && saved}
        </p>
      )}
    </form>
  );
}
