'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, type SubmitEvent, useEffect, useRef, useTransition } from 'react';

interface FilterFormProps {
  /** Path of the list. */
  action: string;
  /** The fields' values as the address has them; a field that is not named is empty. */
  values: Readonly<Record<string, string>>;
  /** Values that are the default and are left out of the address, besides the empty ones. */
  defaults?: Readonly<Record<string, string>>;
  className?: string;
  children: ReactNode;
}

/** Id of the field that had the focus when a list was asked for: the form of the next list takes over from it. */
let focusedField: string | null = null;

/**
 * A form whose fields are in the address. Without scripts it is a plain GET form. With them it goes to tidy
 * addresses without loading the document again, applies a choice at once, and follows the address when that
 * changes elsewhere (the back button, a removed filter). `aria-busy` while the list is on its way.
 */
export function FilterForm({ action, values, defaults = {}, className, children }: FilterFormProps) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const shownBefore = useRef(false);
  const [pending, startTransition] = useTransition();

  useEffect(() => {
    if (focusedField !== null) {
      document.getElementById(focusedField)?.focus({ preventScroll: true });
      focusedField = null;
    }
    // At first the fields are as the server sent them, or as a visitor changed them before the script arrived.
    if (shownBefore.current) fill(form.current, values);
    shownBefore.current = true;
  }, [values]);

  const go = (target: HTMLFormElement) => {
    const fields = [...new FormData(target)].flatMap(([name, value]) =>
      typeof value === 'string' && value.trim() !== '' && value !== defaults[name]
        ? [[name, value.trim()]]
        : [],
    );
    const query = new URLSearchParams(fields).toString();
    focusedField = document.activeElement?.id || null;
    startTransition(() => router.push(query === '' ? action : `${action}?${query}`, { scroll: false }));
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    event.currentTarget.querySelector<HTMLElement>(':popover-open')?.hidePopover();
    go(event.currentTarget);
  };
  return (
    <form
      ref={form}
      action={action}
      method="get"
      className={className}
      aria-busy={pending}
      onSubmit={submit}
      onChange={(event) => {
        if (event.target instanceof HTMLSelectElement) go(event.currentTarget);
      }}
    >
      {children}
    </form>
  );
}

function fill(form: HTMLFormElement | null, values: FilterFormProps['values']) {
  for (const field of form?.elements ?? []) {
    const named = field instanceof HTMLInputElement || field instanceof HTMLSelectElement;
    if (named && field.name !== '') field.value = values[field.name] ?? '';
  }
}
