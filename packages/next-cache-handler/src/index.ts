export { getEngine, getEngineRedis } from './engine.ts';
export { LOG_SLOT } from './process-log.ts';
export type { EngineRedis } from './runtime.ts';
export { BUILD_FILE, FINGERPRINT_SLOT } from './seeds/build-data.ts';
