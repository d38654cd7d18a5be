/** The publisher's name with its mark: four years of a growing market. */
export function Wordmark({ name }: { name: string }) {
  return (
    <span className="inline-flex items-center gap-2.5">
      <svg viewBox="0 0 20 20" className="size-5 shrink-0 text-accent" aria-hidden="true" focusable="false">
        <path d="M1 20v-4h3v4zm5 0v-7h3v7zm5 0V8h3v12zm5 0V1h3v19z" fill="currentColor" />
      </svg>
      <span className="font-serif text-lg font-semibold tracking-[-0.02em]">{name}</span>
    </span>
  );
}
