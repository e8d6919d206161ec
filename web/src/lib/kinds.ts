/** One kind has one colour and one icon, everywhere. */
import type { IconName } from './icons';

export type Tint = 'phone' | 'handle' | 'email' | 'name' | 'photo' | 'place' | 'wording' | 'price' | 'date';

const KINDS: Record<string, readonly [Tint, IconName, string]> = {
  phone: ['phone', 'phone', 'Phone'],
  email: ['email', 'email', 'E-mail'],
  handle: ['handle', 'handle', 'Handle'],
  url: ['handle', 'link', 'Link'],
  domain: ['handle', 'link', 'Site'],
  onion: ['handle', 'link', 'Onion site'],
  crypto: ['handle', 'link', 'Crypto address'],
  pgp: ['handle', 'link', 'PGP key'],
  name: ['name', 'name', 'Name'],
  age: ['name', 'name', 'Age'],
  height: ['name', 'name', 'Height'],
  weight: ['name', 'name', 'Weight'],
  hair: ['name', 'name', 'Hair'],
  eyes: ['name', 'name', 'Eyes'],
  photo: ['photo', 'photo', 'Photo'],
  place: ['place', 'place', 'Place'],
  venue: ['place', 'place', 'Venue'],
  wording: ['wording', 'wording', 'Wording'],
  template: ['wording', 'wording', 'Wording'],
  neighbour: ['wording', 'layers', 'Other group'],
  community: ['wording', 'people', 'Community'],
  words: ['wording', 'wording', 'Words'],
  language: ['wording', 'wording', 'Language'],
  price: ['price', 'price', 'Price'],
  date: ['date', 'date', 'Date'],
  hours: ['date', 'date', 'Hours'],
  payment: ['handle', 'handle', 'Payment'],
  account: ['handle', 'handle', 'Account'],
  review: ['handle', 'handle', 'Review id'],
  address: ['place', 'place', 'Address'],
  intersection: ['place', 'place', 'Crossing'],
  hotel: ['place', 'place', 'Hotel'],
  vehicle: ['wording', 'info', 'Vehicle'],
  mark: ['name', 'name', 'Mark'],
  // What a search names besides.
  city: ['place', 'place', 'City'],
  region: ['place', 'place', 'Region'],
  country: ['place', 'place', 'Country'],
  near: ['place', 'locate', 'Near'],
  site: ['wording', 'search', 'Site'],
  from: ['date', 'date', 'From'],
  to: ['date', 'date', 'Until'],
  position: ['place', 'locate', 'Position'],
  obscured: ['wording', 'exclude', 'Obscured'],
};

const OTHER = ['wording', 'info', 'Other'] as const;

const look = (kind: string) => KINDS[kind] ?? OTHER;
export const tintOf = (kind: string): Tint => look(kind)[0];
export const iconOf = (kind: string): IconName => look(kind)[1];
const CALLED: Record<string, Intl.DisplayNames> = {
  country: new Intl.DisplayNames('en', { type: 'region', fallback: 'code' }),
  lang: new Intl.DisplayNames('en', { type: 'language', fallback: 'code' }),
};
CALLED.language = CALLED.lang!;

/** What a value is called: CA is a country and a region, so countries and languages are written out. */
export const called = (kind: string, value: string): string => {
  try {
    return CALLED[kind]?.of(value) ?? value;
  } catch {
    return value; // a source may write anything there
  }
};

export const wordOf = (kind: string): string => (KINDS[kind] ? look(kind)[2] : kind);
/** What leads from one ad to another, and what people go by; other readings describe. */
export const isIdentifier = (kind: string): boolean =>
  ['phone', 'handle', 'email', 'name', 'domain', 'onion', 'crypto', 'pgp', 'photo'].includes(kind);
/** Identifiers are set in the fixed-width face, in which 0 and O, 1 and l differ. */
export const isExact = (kind: string): boolean =>
  ['phone', 'email', 'handle', 'url', 'domain', 'onion', 'crypto', 'pgp'].includes(kind);
