// The cookie of a visitor who has signed in, as the server signs it (host/Security/Signer.cs, VisitorCookie.cs).
import { createHash, createHmac } from "node:crypto";

/** The header Cookie of a user. @param secret `auth.secret_key` of the site */
export function ticket(secret, id, permissions = []) {
  const key = createHash("sha256").update(secret).digest();
  const payload = Buffer.from(JSON.stringify({ Id: id, Name: id, Permissions: permissions, Expires: Math.floor(Date.now() / 1000) + 86400 }));
  const signature = createHmac("sha256", key).update("visitor\0").update(payload).digest("base64url");
  return `platform_user=${payload.toString("base64url")}.${signature}`;
}
