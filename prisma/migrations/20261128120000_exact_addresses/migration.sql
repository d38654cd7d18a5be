-- The site writes lower case only; a row that was written by hand must still be found. No two become one: until now
-- the unique index has taken both cases for the same.
UPDATE `User` SET `email` = LOWER(`email`) WHERE `email` <> LOWER(`email`) COLLATE utf8mb4_bin;

-- AlterTable
ALTER TABLE `User` MODIFY `email` VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL;

-- AlterTable
ALTER TABLE `VerificationToken` MODIFY `identifier` VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL;
