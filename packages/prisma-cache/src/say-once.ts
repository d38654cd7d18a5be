export type SayOnce = (topic: string, message: string) => void;

/** Says each topic once, so that a log is not flooded by what happens with every query. */
export function createSayOnce(warn: (message: string) => void): SayOnce {
  const said = new Set<string>();
  return (topic, message) => {
    if (said.has(topic)) return;
    said.add(topic);
    warn(`[prisma-cache] ${message}`);
  };
}
