'use client';

interface GlobalErrorProps {
  retry: () => void;
}

/** The last resort, when even the frame of the page failed: no language is known and no style is loaded. */
export default function GlobalError({ retry }: GlobalErrorProps) {
  return (
    <html lang="en">
      <body style={{ colorScheme: 'light dark', font: '1.1rem/1.5 Georgia, serif', margin: '15vh 8vw' }}>
        <title>Something went wrong</title>
        <h1>Something went wrong on our side.</h1>
        <p>The page could not be put together. Trying again often helps.</p>
        <button type="button" onClick={() => retry()} style={{ font: 'inherit', padding: '0.5rem 1rem' }}>
          Try again
        </button>
      </body>
    </html>
  );
}
