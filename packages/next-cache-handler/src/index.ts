export { getEngine } from './engine.ts';
export { BUILD_FILE, FINGERPRINT_SLOT } from './seeds/build-data.ts';
