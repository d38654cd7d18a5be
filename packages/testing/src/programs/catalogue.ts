/** What tests and development need from outside npm, under the names that it goes by. */
export interface Requirement {
  readonly title: string;
  readonly programs: readonly string[];
  readonly debianPackages: readonly string[];
  /** Pinned to a minor version; null when it is not run in a container. */
  readonly image: string | null;
  /** For the message to people who must install it themselves. */
  readonly commands: readonly string[];
}

export const REDIS: Requirement = {
  title: 'Redis',
  programs: ['redis-server', 'valkey-server'],
  debianPackages: ['redis-server'],
  image: 'redis:7.4-alpine',
  commands: ['sudo apt-get install redis-server', 'brew install redis'],
};

export const MARIADB: Requirement = {
  title: 'MariaDB or MySQL',
  programs: ['mariadbd', 'mysqld'],
  debianPackages: ['mariadb-server-core', 'mariadb-client-core'],
  image: 'mariadb:11.4',
  commands: ['sudo apt-get install mariadb-server', 'brew install mariadb'],
};

export const CHROMIUM: Requirement = {
  title: 'Chromium',
  programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  debianPackages: ['chromium', 'fonts-noto-cjk'],
  image: null,
  commands: ['sudo apt-get install chromium fonts-noto-cjk', 'brew install --cask chromium'],
};

export const NGINX: Requirement = {
  title: 'Nginx',
  programs: ['nginx'],
  debianPackages: ['nginx-light'],
  image: null,
  commands: ['sudo apt-get install nginx-light', 'brew install nginx'],
};

export const LOGROTATE: Requirement = {
  title: 'logrotate',
  programs: ['logrotate'],
  debianPackages: ['logrotate'],
  image: null,
  commands: ['sudo apt-get install logrotate', 'brew install logrotate'],
};

/** For `systemd-analyze` alone: nothing is started with it. */
export const SYSTEMD: Requirement = {
  title: 'systemd-analyze',
  programs: ['systemd-analyze'],
  debianPackages: ['systemd'],
  image: null,
  commands: ['sudo apt-get install systemd'],
};
