import { createConnection } from 'mariadb';

/** Runs one statement on a connection of its own. Rejects after 10 s without an answer. */
export async function execute(url: string, sql: string): Promise<unknown> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const database = decodeURIComponent(pathname.slice(1));
  const connection = await createConnection({
    host: hostname,
    port: port === '' ? 3306 : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    ...(database === '' ? {} : { database }),
    connectTimeout: 2000,
    socketTimeout: 10_000,
    // MySQL 8 sends its public key for the password exchange; the server is on this machine.
    allowPublicKeyRetrieval: true,
  });
  try {
    return await connection.query(sql);
  } finally {
    connection.destroy();
  }
}
