export type { SqlDriverAdapter, SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
export type {
  Account,
  Category,
  CategoryTranslation,
  Enquiry,
  Order,
  OrderItem,
  Region,
  RegionTranslation,
  Report,
  ReportRegion,
  ReportTranslation,
  User,
} from '../generated/mysql/client.ts';
export { Prisma, type PrismaClient } from '../generated/mysql/client.ts';
export type {
  EnquiryStatus,
  Licence,
  OrderStatus,
  ReportStatus,
  UserRole,
} from '../generated/mysql/enums.ts';
export { readKeyPlayers, readTableOfContents } from './content.ts';
export { createDatabase, type Database } from './database.ts';
export { findUserByEmail, normaliseEmail } from './email-address.ts';
export type { DatabaseError, DatabaseErrorCode } from './errors.ts';
export { fingerprint } from './fingerprint.ts';
export { normaliseSearchText, reportSearchText, searchFilters } from './search.ts';
export { type Chapter, type Locale, type Localized, locales } from './seed-data.ts';
