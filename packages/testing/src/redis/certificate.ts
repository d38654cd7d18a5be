import { generate } from 'selfsigned';

/** A throw-away certificate for 127.0.0.1 and localhost that is its own authority. */
export interface Certificate {
  readonly certPem: string;
  readonly keyPem: string;
}

export async function createCertificate(): Promise<Certificate> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { certPem: cert, keyPem: key };
}
