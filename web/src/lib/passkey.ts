/** Security keys: what the server asks and what a key answers, between bytes and WebAuthn's base 64. */
import type { KeyAnswer, KeyAsk, KeyAskNew } from './api.gen';
import { ApiError } from './call';

const toText = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

const toBytes = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));

/** The browser says nothing of why: the person stopped it, no key was there, or it took too long. */
const answered = async (asked: Promise<Credential | null>): Promise<PublicKeyCredential> => {
  const found = await asked.catch(() => null);
  if (found instanceof PublicKeyCredential) return found;
  throw new ApiError(0, 'The key did not answer', 'Try again, or take a code instead.');
};

export const canUseKeys = (): boolean => typeof PublicKeyCredential === 'function';

/** Has one of the person's keys sign what the server asks. */
export const signWithKey = async (asked: KeyAsk): Promise<KeyAnswer> => {
  const publicKey = {
    challenge: toBytes(asked.challenge),
    rpId: asked.rpId,
    userVerification: 'required' as const,
  };
  const key = await answered(navigator.credentials.get({ publicKey }));
  const said = key.response as AuthenticatorAssertionResponse;
  return {
    id: key.id,
    response: {
      clientDataJSON: toText(said.clientDataJSON),
      authenticatorData: toText(said.authenticatorData),
      signature: toText(said.signature),
      userHandle: said.userHandle ? toText(said.userHandle) : null,
    },
  };
};

/** Makes a new key for this account. */
export const makeKey = async (asked: KeyAskNew): Promise<KeyAnswer> => {
  const publicKey: PublicKeyCredentialCreationOptions = {
    challenge: toBytes(asked.challenge),
    rp: asked.rp,
    user: { ...asked.user, id: toBytes(asked.user.id) },
    pubKeyCredParams: asked.pubKeyCredParams.map((one) => ({ type: 'public-key', alg: one.alg })),
    excludeCredentials: asked.excludeCredentials.map((one) => ({ type: 'public-key', id: toBytes(one.id) })),
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    attestation: 'none',
  };
  const key = await answered(navigator.credentials.create({ publicKey }));
  const said = key.response as AuthenticatorAttestationResponse;
  return {
    id: key.id,
    response: {
      clientDataJSON: toText(said.clientDataJSON),
      attestationObject: toText(said.attestationObject),
    },
  };
};
