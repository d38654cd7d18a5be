/**
 * Prints what a command has to say. A failure is its message alone and exit code 1: people at a terminal need
 * the sentence, not the stack.
 */
export async function runCommand(command: () => Promise<string>): Promise<void> {
  try {
    console.log(await command());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
