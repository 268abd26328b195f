// The certificates' library asks for it first.
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { isIP } from "node:net";
import * as x509 from "@peculiar/x509";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const VALID_MS = 24 * 3600_000;

/** Certificate and key, in PEM. */
export type Certified = { readonly certificate: string; readonly key: string };

/** An authority made for one test; whoever trusts its certificate trusts all that it certifies. */
export type Authority = {
  readonly certificate: string;
  readonly certify: (...names: readonly string[]) => Promise<Certified>;
};

export async function makeAuthority(): Promise<Authority> {
  const keys = await newKeys();
  const issuer = "CN=Test authority";
  const own = await x509.X509CertificateGenerator.createSelfSigned({
    name: issuer,
    keys,
    ...lifetime(),
    signingAlgorithm: ALGORITHM,
    extensions: [new x509.BasicConstraintsExtension(true, 1, true)],
  });
  return {
    certificate: own.toString("pem"),
    certify: async (...names) => {
      const { publicKey, privateKey } = await newKeys();
      const certificate = await x509.X509CertificateGenerator.create({
        subject: `CN=${names[0]}`,
        issuer,
        publicKey,
        signingKey: keys.privateKey,
        ...lifetime(),
        signingAlgorithm: ALGORITHM,
        extensions: [
          new x509.SubjectAlternativeNameExtension(
            names.map((value) => ({ type: isIP(value) === 0 ? "dns" : "ip", value })),
          ),
        ],
      });
      const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", privateKey)).toString("base64");
      return { certificate: certificate.toString("pem"), key: pem("PRIVATE KEY", key) };
    },
  };
}

const newKeys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);

function lifetime() {
  const now = Date.now();
  return { notBefore: new Date(now - VALID_MS), notAfter: new Date(now + VALID_MS) };
}

function pem(kind: string, base64: string): string {
  return `-----BEGIN ${kind}-----\n${base64.match(/.{1,64}/g)?.join("\n")}\n-----END ${kind}-----\n`;
}
