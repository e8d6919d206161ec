// Made by tools/make_client.py from the API's description. Do not edit.
import { call } from './call';

export interface AccessRequest {
  to: string;
  basis: string;
  values?: (string)[];
}

export type Act = "init" | "ingest" | "refresh" | "rebuild" | "knowledge" | "search" | "look" | "list" | "export" | "judge" | "triage" | "undo" | "setting" | "evaluate" | "sign-in" | "refuse" | "account" | "session" | "case" | "member" | "break-glass" | "request" | "outcome" | "note" | "possible-child" | "watch" | "audit" | "alarm" | "backup" | "key" | "restore" | "erase" | "disclose" | "retain" | "train" | "source" | "correct" | "purpose";

export interface AdHit {
  id: string;
  source_id: string;
  site: string;
  title: (Segment)[];
  text: (Segment)[];
  cut: boolean;
  language: string | null;
  posted_at: string | null;
  seen_at: string | null;
  zone_assumed: boolean;
  place: string;
  photos: number;
  lead: string | null;
  identity: string | null;
  lead_rank: number | null;
  lead_title: string;
}

export interface AdList {
  total: number;
  ads: (AdHit)[];
  next: string | null;
}

export interface AdPage {
  ad: AdHit;
  url: string;
  listed_phones: (string)[];
  listed_emails: (string)[];
  body_from: string | null;
  mentions: (MentionRow)[];
  superseded: (SupersededRow)[];
  facts: CaptureFacts;
  earlier: (EarlierCapture)[];
  sightings: number;
  persona: string | null;
  caution: string;
}

export interface AddedAd {
  ad: string | null;
  became: "stored" | "changed" | "repeated" | "set_aside";
  reasons: (string)[];
}

export interface AddedPurpose {
  name: string;
  says: string;
  roles: (string)[];
  by: string;
  agreed_by: string;
  at: string;
  ended_by: string | null;
  ended_at: string | null;
  ended_why: string | null;
}

export interface AdsPeriod {
  days: number;
  why: string;
}

export interface AdsWhy {
  ads: (string)[];
  why: string;
}

export interface AlikePage {
  identity: string;
  alike: (AlikeRow)[];
  counted_note: string;
  precision_note: string;
  caution: string;
  numbers: Numbers;
}

export interface AlikeRow {
  identity: string;
  share: number;
  back: boolean;
  places: (string)[];
  sentence: string;
}

export interface AnswerRequest {
  agree: boolean;
}

export interface Answered {
  reference: string;
  answer: string;
  ads: number;
}

export interface AreaRequest {
  places: (string)[];
  days?: number;
  a_day?: number;
}

export interface AskRequest {
  action: string;
  parameters: Record<string, string>;
  why: string;
}

export interface AskedMade {
  reference: string;
  kind: "remove" | "restrict" | "rectify" | "access";
  ads: number;
}

export interface AskedRequest {
  kind: "remove" | "restrict" | "rectify" | "access";
  grounds: "shows-me" | "not-my-will" | "wrong" | "no-longer-true" | "other";
  ads: (string)[];
}

export interface AskedRow {
  reference: string;
  kind: "remove" | "restrict" | "rectify" | "access";
  grounds: "shows-me" | "not-my-will" | "wrong" | "no-longer-true" | "other";
  ads: (string)[];
  at: string;
  by: string;
  answer: string | null;
  leads: number;
  held: number;
  recipients: number;
}

export interface BackRequest {
  state: string;
  code: string;
  iss?: string | null;
}

export interface BannerRequest {
  read: true;
}

export interface Bin {
  start: string;
  count: number;
}

export interface Blast {
  day: string;
  places: (number)[];
  ads: number;
  ad_ids: (string)[];
  sentence: string;
}

export interface CalibrationRow {
  leads: number;
  foretold: number;
  confirmed: number;
  low: number;
  high: number;
}

export interface CameBack {
  kind: "in" | "second";
  token: string;
}

export interface CaptureFacts {
  capture: string;
  revision: number;
  captured_at: string;
  content_hash: string;
  file_sha256: string;
  position: number;
  batch: string;
  supplier: string;
  basis: string;
  source: string;
  dpia: string;
  obtained: string | null;
  statement: string;
}

export interface CaseChange {
  title?: string | null;
  state?: State | null;
}

export interface CaseList {
  cases: (CaseRow)[];
}

export interface CaseRequest {
  title: string;
}

export interface CaseRow {
  id: string;
  title: string;
  state: State;
  sealed: boolean;
  made_by: string;
  made_at: string;
  relation: string;
  members: (MemberRow)[];
}

export interface Chain {
  steps: (ChainStep)[];
  weakest: number;
  strength: number;
  word: "strong" | "good" | "weak";
}

export interface ChainCut {
  links: (CutLink)[];
  threads: number;
  judged: boolean;
  with_a: (string)[];
  with_b: (string)[];
  count_a: number;
  count_b: number;
  elsewhere: number;
}

export interface ChainEvidence {
  to: ValueRef;
  because: string;
  strength: number;
  word: "strong" | "good" | "weak";
}

export interface ChainPage {
  identity: string;
  a: string;
  b: string;
  sentence: string;
  chains: (Chain)[];
  cut: ChainCut | null;
  against: (string)[];
  caution: string;
  numbers: Numbers;
}

export interface ChainStep {
  a: string;
  b: string;
  strength: number;
  word: "strong" | "good" | "weak";
  evidence: (ChainEvidence)[];
  first: string | null;
  last: string | null;
}

export interface Change {
  op: "same" | "added" | "removed";
  text: string;
}

export interface Chip {
  text: string;
  label: string;
  kind: string;
  exclude: boolean;
  without: string;
}

export interface Codes {
  codes: (string)[];
}

export interface Controls {
  groups: number;
  confirmed: number;
  low: number;
  high: number;
}

export interface CorrectRequest {
  ad: string;
  kind: string;
  value: string;
  says: "corrected" | "disputed";
  right?: string;
  why: string;
  reference?: string;
}

export interface Corrected {
  recipients: (RecipientRow)[];
  correction: number;
  ad: string;
  says: string;
}

export interface CorrectionRow {
  seq: number;
  ad: string;
  kind: string;
  value: string;
  says: "corrected" | "disputed";
  right: string;
  why: string;
  by: string;
  at: string;
}

export interface CutLink {
  to: ValueRef;
  because: string;
  strength: number;
  word: "strong" | "good" | "weak";
  ads: (string)[];
}

export interface DaysRequest {
  days: number;
}

export type Decision = "watch" | "snooze" | "dismiss" | "priority";

export interface DecisionRequest {
  decision: Decision;
  reason?: DismissReason | null;
  note?: string;
  until?: string | null;
  replaces?: string | null;
}

export interface DecisionResult {
  lead: string;
  decision: LeadDecision | null;
  counts: TabCounts;
  sentence: string;
}

export type Direction = "for" | "against" | "shown";

export type DismissReason = "spam" | "scam" | "duplicate" | "checked-no-concern" | "outside-our-area" | "other";

export interface Done {
  sentence: string;
}

export interface Door {
  kind: "open" | "demo" | "accounts";
  notice: string;
  provider: string | null;
}

export interface EarlierCapture {
  capture: string;
  revision: number;
  seen_at: string | null;
  captured_at: string;
  changes: (Change)[];
}

export interface EraseRequest {
  ads: (string)[];
  why: string;
  reference?: string;
}

export interface ErasedPage {
  recipients: (RecipientRow)[];
  ended: boolean;
  ads: number;
  rows: number;
  events: number;
  traces: (string)[];
  backups: (string)[];
}

export interface ErrorRow {
  part: string;
  name: string;
  leads: number;
  confirmed: number;
  wrong_shipped: Share | null;
  wrong_fitted: Share | null;
  missed_shipped: Share | null;
  missed_fitted: Share | null;
}

export interface EventDetail {
  seq: number;
  at: string;
  actor: string;
  role: string;
  door: string;
  act: string;
  purpose: string;
  case: string;
  objects: (string)[];
  rows: number | null;
  outcome: string;
  erased: boolean;
  detail: Record<string, string>;
}

export interface EventRow {
  seq: number;
  at: string;
  actor: string;
  role: string;
  door: string;
  act: string;
  purpose: string;
  case: string;
  objects: (string)[];
  rows: number | null;
  outcome: string;
  erased: boolean;
}

export interface Facet {
  name: string;
  label: string;
  values: (FacetValue)[];
  more: number;
}

export interface FacetFilter {
  facet: string;
  value: string;
  exclude?: boolean;
}

export interface FacetValue {
  value: string;
  label: string;
  count: number;
}

export interface FactorRequest {
  token: string;
  code?: string | null;
  key?: KeyAnswer | null;
}

export interface FittedCards {
  shipped: Foretold;
  fitted: Foretold;
}

export interface Foretold {
  loss: number;
  order: number;
}

export interface FoundGroup {
  identity: string;
  lead: string | null;
  rank: number | null;
  title: string;
  found: number;
  ads: number;
  first: string;
  last: string;
  hits: (AdHit)[];
}

export interface GlassList {
  broken: (GlassRow)[];
}

export interface GlassRow {
  id: string;
  account: string;
  why: string;
  at: string;
  until: string;
}

export interface GroupsPage {
  ads: number;
  too_many: boolean;
  most: number;
  groups: (FoundGroup)[];
  total: number;
  leads: number;
  loose: number;
  next: string | null;
  caution: string;
}

export interface GroupsRequest {
  text?: string;
  filters?: (FacetFilter)[];
  first?: string | null;
  last?: string | null;
  after?: string | null;
}

export interface HandedRequest {
  ads: (string)[];
  recipient: string;
  what: string;
  basis: string;
}

export interface HandedRow {
  at: string;
  recipient: string;
  what: string;
  basis: string;
  by: string;
  ads: number;
}

export interface HeldAd {
  ad: string;
  source_id: string | null;
  site: string | null;
  url: string | null;
  title: string | null;
  body: string | null;
  city: string | null;
  region: string | null;
  country: string | null;
  posted_at: string | null;
  seen_at: string | null;
  read: (ReadValue)[];
  captures: (HeldCapture)[];
  recipients: (HeldRecipient)[];
  on_hold: boolean;
  reviewed_until: string | null;
}

export interface HeldCapture {
  taken_in: string;
  supplier: string;
  basis: string;
  source: string;
  dpia: string;
}

export interface HeldPaper {
  reference: string;
  at: string;
  ads: (HeldAd)[];
  note: string;
}

export interface HeldRecipient {
  at: string;
  recipient: string;
  what: string;
  basis: string;
}

export interface Histogram {
  days: number;
  bins: (Bin)[];
  undated: number;
}

export interface HistoryPage {
  identity: string;
  total: number;
  history: (HistoryRow)[];
  judgements: (JudgementRow)[];
}

export interface HistoryRow {
  at: string | null;
  what: "joined" | "split" | "judged" | "decided" | "undone";
  sentence: string;
  by: string;
  other: string | null;
  ads: number;
}

export interface HoldRow {
  ad: string;
  why: string;
  by: string;
  at: string;
}

export interface IdentityPage {
  id: string;
  level: Level;
  title: string;
  lead: LeadRow | null;
  ads: number;
  first: string | null;
  last: string | null;
  identifiers: (ValueGroup)[];
  names_note: string;
  personas: (PersonaRow)[];
  places: (PlaceRow)[];
  stays: (Stay)[];
  places_note: string;
  weekly: Weekly;
  hours: ((number)[])[];
  hours_note: string;
  photos: PhotoFacts;
  wordings: number;
  caution: string;
}

export interface InviteRequest {
  name: string;
  role: Role;
  display?: string;
  temporary?: boolean;
}

export interface Invited {
  name: string;
  display: string;
  role: Role;
  state: "invited" | "active" | "disabled";
  made_by: string;
  made_at: string;
  seen_at: string | null;
  until: string | null;
  subject: string | null;
  token: string;
}

export interface JoinRequest {
  token: string;
  password: string;
  code?: string | null;
  key?: KeyAnswer | null;
  label?: string;
}

export interface JudgeRequest {
  a: string;
  b: string;
  judgement: Judgement;
  why: string;
}

export interface JudgeResult {
  a: string;
  b: string;
  judgement: Judgement;
  by: string;
  at: string;
  why: string;
}

export type Judgement = "same" | "different" | "undecided";

export interface JudgementList {
  total: number;
  contradicted: number;
  due: number;
  judgements: (JudgementRow)[];
}

export interface JudgementRow {
  a: string;
  b: string;
  judgement: Judgement;
  by: (string)[];
  at: string;
  why: string;
  review: string;
  due: boolean;
  identity_a: string | null;
  identity_b: string | null;
  contradiction: string;
}

export interface KeyAnswer {
  id: string;
  response: KeyResponse;
}

export interface KeyAsk {
  challenge: string;
  rpId: string;
  userVerification: string;
}

export interface KeyAskNew {
  challenge: string;
  rp: KeyParty;
  user: KeyUser;
  pubKeyCredParams: (KeyKind)[];
  excludeCredentials: (KnownKey)[];
}

export interface KeyKind {
  type: string;
  alg: number;
}

export interface KeyList {
  keys: (KeyRow)[];
}

export interface KeyParty {
  id: string;
  name: string;
}

export interface KeyResponse {
  clientDataJSON: string;
  authenticatorData?: string | null;
  signature?: string | null;
  userHandle?: string | null;
  attestationObject?: string | null;
}

export interface KeyRow {
  id: string;
  label: string;
  made_at: string;
  used_at: string | null;
}

export interface KeyUser {
  id: string;
  name: string;
  displayName: string;
}

export interface KnownKey {
  type: string;
  id: string;
}

export interface LeadDecision {
  id: string;
  decision: Decision;
  reason: DismissReason | null;
  note: string;
  until: string | null;
  by: string;
  at: string;
  returned: string;
}

export interface LeadList {
  tab: "new" | "priority" | "handled";
  mine: MyDay | null;
  total: number;
  counts: TabCounts;
  leads: (LeadRow)[];
  next: string | null;
  run: string | null;
  venues: (string)[];
  order_note: string;
  groups_note: string;
  searched: string;
  opened: LeadPage | null;
  restricted: number;
}

export interface LeadPage {
  lead: LeadRow;
  outcome: OutcomeRow | null;
  caution: string;
  order_note: string;
  numbers: Numbers;
  reasons: (Reason)[];
  against: (Reason)[];
  shown: (Reason)[];
  typical: AdHit | null;
  wording: WordingSummary | null;
  identifiers: (ValueGroup)[];
  places: (PlaceRow)[];
  stays: (Stay)[];
  places_note: string;
  photos: PhotoFacts;
}

export interface LeadRow {
  id: string;
  identity: string;
  rank: number;
  word: Word;
  title: string;
  kinds: (string)[];
  families: number;
  ads: number;
  personas: number;
  phones: number;
  names: number;
  cities: number;
  places: (string)[];
  weekly: Weekly;
  first_seen: string | null;
  last_seen: string | null;
  venue_type: string | null;
  checked: string;
  decision: LeadDecision | null;
  urgent: UrgentMark | null;
}

export type Level = "persona" | "network";

export interface LiftRequest {
  persona: string;
  why: string;
}

export interface LinkEdge {
  a: number;
  b: number;
  ads: number;
  strength: number;
  word: "strong" | "good" | "weak";
  reason: string;
  ad_ids: (string)[];
}

export interface LinkNode {
  id: string;
  kind: string;
  value: string;
  label: string;
  ads: number;
  first: string | null;
  last: string | null;
  common: string;
  identity: string | null;
  community: number | null;
  nodes: number;
}

export interface LinkRequest {
  token: string;
}

export interface LinksPage {
  identity: string;
  nodes: (LinkNode)[];
  edges: (LinkEdge)[];
  nodes_total: number;
  edges_total: number;
  folded: boolean;
  caution: string;
  numbers: Numbers;
}

export interface LinksRequest {
  community?: number | null;
}

export interface ListPage {
  rows: (ListRow)[];
  found: number;
  searched: string;
}

export interface ListRequest {
  terms: (string)[];
}

export interface ListRow {
  term: string;
  chips: (Chip)[];
  ads: number;
  leads: number;
  wrong: string;
}

export interface LoadRow {
  at: string;
  source: string;
  file_sha256: string;
  supplier: string;
  basis: string;
  dpia: string;
  by: string;
}

export interface LogCopy {
  place: string;
  size: number | null;
  trouble: string;
}

export interface LogPeriod {
  days?: number | null;
  why: string;
}

export interface LogState {
  size: number;
  signed: number;
  signed_at: string | null;
  key: string;
  trouble: string;
  copies: (LogCopy)[];
}

export interface LookRow {
  at: string;
  actor: string;
  role: string;
  act: string;
  purpose: string;
  what: string;
}

export interface Looks {
  looks: (LookRow)[];
  next: number | null;
  left_out: string;
}

export interface MapCell {
  lat: number;
  lon: number;
  count: number;
  label: string;
}

export interface MemberRequest {
  account: string;
  standing?: Standing | null;
}

export interface MemberRow {
  account: string;
  standing: Standing;
}

export interface MentionRow {
  kind: string;
  value: string;
  label: string;
  raw: string;
  part: string;
  reader: string;
  sure: string;
  obscured: boolean;
  others: number;
  site_own: string;
  correction: string;
}

export interface MovementArc {
  start: number;
  end: number;
  persona: number;
  km: number | null;
  days: number;
}

export interface MovementChange {
  what: "posting" | "price" | "numbers";
  week: string;
  before: number;
  after: number;
  sentence: string;
}

export interface MovementCircuit {
  places: (number)[];
  rounds: number;
  explained: number;
  chance: number;
  personas: (number)[];
  sentence: string;
}

export interface MovementConflict {
  day: string;
  persona: number;
  places: (number)[];
  ads: number;
  kind: "one day" | "too fast";
  sentence: string;
}

export interface MovementPage {
  id: string;
  level: Level;
  places: (MovementPlace)[];
  personas: (MovementPersona)[];
  stays: (MovementStay)[];
  stays_total: number;
  arcs: (MovementArc)[];
  blasts: (Blast)[];
  conflicts: (MovementConflict)[];
  circuits: (MovementCircuit)[];
  together: (MovementTogether)[];
  changes: (MovementChange)[];
  weekly: Weekly;
  undated: number;
  unplaced: number;
  precision_note: string;
  clock_note: string;
  counted_note: string;
  caution: string;
  numbers: Numbers;
}

export interface MovementPersona {
  id: string;
  label: string;
  ads: number;
}

export interface MovementPlace {
  label: string;
  lat: number | null;
  lon: number | null;
  ads: number;
  first: string | null;
  last: string | null;
  area: number;
}

export interface MovementStay {
  persona: number;
  place: number;
  first: string;
  last: string;
  ads: number;
  posted: number;
  seen: number;
  precision: string;
  drawn: boolean;
  after_gap: boolean;
  ad_ids: (string)[];
}

export interface MovementTogether {
  a: number;
  b: number;
  places: (number)[];
  meetings: number;
  share: number;
  p: number;
  called: boolean;
  sentence: string;
}

export interface MyArea {
  places: (string)[];
  days: number;
  a_day: number;
  tag: string;
}

export interface MyDay {
  places: (string)[];
  days: number;
  a_day: number;
  tag: string;
  since: string;
  until: string;
  all: number;
  inside: number;
  today: number;
  done: number;
}

export interface NetworkAnswer {
  identity: string;
  lead: string | null;
  title: string;
  ads: number;
  direct: number;
  first: string | null;
  last: string | null;
  prices: (PriceRange)[];
  places: (PlaceRow)[];
  places_count: number;
  names: (ValueRow)[];
  contacts: (ValueRow)[];
}

export interface NetworkPage {
  chips: (Chip)[];
  ads: number;
  too_many: boolean;
  groups: (NetworkAnswer)[];
  more: number;
  searched: string;
  caution: string;
}

export interface NetworkRequest {
  text: string;
}

export interface NewAd {
  body?: string;
  html?: string;
  title?: string;
  url?: string;
  site?: string;
  city?: string;
  region?: string;
  country?: string;
  posted_at?: string | null;
  seen_at?: string | null;
  basis?: string;
  source?: string;
}

export interface NewKeyRequest {
  label: string;
  key: KeyAnswer;
}

export interface Newer {
  news: string;
}

export interface NoteList {
  notes: (NoteRow)[];
  seen_by: string;
}

export interface NoteRequest {
  text: string;
}

export interface NoteRow {
  id: string;
  text: string | null;
  by: string;
  mine: boolean;
  of_case: boolean;
  at: string;
  changed_at: string;
  before: (NoteVersion)[];
}

export interface NoteVersion {
  text: string | null;
  at: string;
}

export interface Nothing {

}

export interface Numbers {
  are: Record<string, string>;
  error_rate: string;
  caution: string;
}

export interface Opened {
  kind: "in" | "join";
  name: string;
  secret: string;
  address: string;
}

export type Outcome = "located-safe" | "receiving-support" | "declined-for-now" | "not-found" | "child-placed" | "unfounded" | "consensual" | "unknown";

export interface OutcomeCount {
  outcome: Outcome;
  leads: number;
}

export interface OutcomeCounts {
  outcomes: (OutcomeCount)[];
  cleared: number;
  known: number;
  helped: number;
  note: string;
}

export interface OutcomeMade {
  outcome: OutcomeRow | null;
  sentence: string;
}

export interface OutcomeRequest {
  outcome: Outcome;
  persona?: string | null;
  note?: string;
  review?: string | null;
}

export interface OutcomeRow {
  id: string;
  outcome: Outcome;
  note: string;
  by: string;
  at: string;
  review: string | null;
  due: boolean;
}

export interface OwnAccount {
  name: string;
  display: string;
  role: string;
  sessions: number;
  looks_today: number;
  minutes_in_a_row: number;
  codes_left: number;
  failures: number;
  keys: (KeyRow)[];
  purposes: (PurposeRow)[];
}

export interface PairRequest {
  a: string;
  b: string;
}

export interface PasswordRequest {
  password: string;
}

export interface PendingPurpose {
  name: string;
  says: string;
  roles: string;
  by: string;
  why: string;
}

export interface PeriodSet {
  days: number | null;
}

export interface PermissionTable {
  rules: (RuleRow)[];
  purposes: (PurposeRule)[];
  added: (AddedPurpose)[];
  pending: (PendingPurpose)[];
  roles: (string)[];
}

export interface PersonList {
  people: (PersonRow)[];
}

export interface PersonRow {
  name: string;
  display: string;
  role: Role;
  state: "invited" | "active" | "disabled";
  made_by: string;
  made_at: string;
  seen_at: string | null;
  until: string | null;
  subject: string | null;
}

export interface PersonaRow {
  id: string;
  label: string;
  ads: number;
  names: (string)[];
  phones: (ValueRef)[];
  first: string | null;
  last: string | null;
}

export interface PhotoFacts {
  total: number;
  distinct: number;
  ads_with: number;
  repeated: (RepeatedPhoto)[];
}

export interface PhotoList {
  total: number;
  distinct: number;
  repeated: number;
  ads: number;
  ads_with: number;
  photos: (PhotoRow)[];
}

export interface PhotoRow {
  number: number;
  ads_count: number;
  ads: (string)[];
  cities: (string)[];
  cities_count: number;
  names: (string)[];
  first: string | null;
  last: string | null;
  days: (string)[];
  known_by: "bytes" | "likeness" | "name";
  elsewhere: number;
}

export interface Piece {
  text: string;
  slot: string;
  values: number;
  examples: (string)[];
}

export interface PlaceRow {
  label: string;
  lat: number | null;
  lon: number | null;
  ads: number;
  first: string | null;
  last: string | null;
}

export interface PreviewPage {
  a: string;
  b: string;
  judgement: Judgement;
  held: Judgement;
  holds: Judgement;
  sentence: string;
  before: (PreviewPart)[];
  after: (PreviewPart)[];
  parts: number;
  sure: boolean;
  caution: string;
}

export interface PreviewPart {
  id: string;
  known: boolean;
  ads: number;
  names: (string)[];
  phones: (string)[];
  phones_total: number;
  holds_a: boolean;
  holds_b: boolean;
}

export interface PreviewRequest {
  a: string;
  b: string;
  judgement: Judgement;
}

export interface PriceRange {
  currency: string;
  minutes: number | null;
  ads: number;
  lowest: number;
  middle: number;
  highest: number;
}

export interface ProofRequest {
  password: string;
  code?: string | null;
  key?: KeyAnswer | null;
}

export interface Proposal {
  version: string;
  factors: Record<string, number>;
  leads: number;
  confirmed: number;
  control: Controls;
  all: FittedCards;
  better: boolean;
  calibration: (CalibrationRow)[];
  errors: (ErrorRow)[];
  note: string;
}

export interface ProviderAddress {
  address: string;
}

export interface PurposeAdded {
  name: string;
  says: string;
  by: string;
  agreed_by: string;
}

export interface PurposeNew {
  name: string;
  says: string;
  roles: (Role)[];
}

export interface PurposeRequest {
  purpose: string;
  case?: string | null;
}

export interface PurposeRow {
  purpose: string;
  needs_case: boolean;
  says: string;
}

export interface PurposeRule {
  purpose: string;
  needs_case: boolean;
  roles: (string)[];
}

export interface ReadValue {
  kind: string;
  value: string;
  as_written: string;
  correction: string;
}

export interface Reason {
  indicator: string;
  family: string;
  kind: string;
  direction: Direction;
  strength: Strength;
  sentence: string;
  source: string;
  share: number;
  ads: (string)[];
  ads_count: number;
  examples: (ValueRef)[];
}

export interface RecipientList {
  recipients: (RecipientRow)[];
}

export interface RecipientRow {
  at: string;
  ad: string;
  recipient: string;
  what: string;
  basis: string;
  by: string;
}

export interface RecordsDone {
  ads: number;
  lifted: number;
  until: string | null;
}

export interface RecordsPage {
  requests: (AskedRow)[];
  due: (string)[];
  due_total: number;
  due_held: number;
  kept_days: number;
  holds: (HoldRow)[];
  corrections: (CorrectionRow)[];
  disclosed: (HandedRow)[];
  erased: number;
}

export interface RepeatedPhoto {
  label: string;
  ads: number;
  cities: number;
  names: (string)[];
  first: string | null;
  last: string | null;
}

export interface RequestList {
  requests: (RequestRow)[];
}

export interface RequestRow {
  id: string;
  action: string;
  parameters: Record<string, string>;
  why: string;
  by: string;
  at: string;
  expires_at: string;
  decision: string | null;
  decided_by: string | null;
  used_at: string | null;
}

export interface Retention {
  ads_days: number;
  alone_days: number;
  most_days: number;
  log_days: number | null;
  least_log_days: number;
  log_past: number;
}

export interface ReviewRequest {
  found: string;
}

export interface Reviewed {
  id: string;
  account: string;
}

export interface ReviewedAds {
  ads: (string)[];
  why: string;
  days?: number;
}

export type Role = "analyst" | "case-lead" | "supervisor" | "auditor" | "records-officer" | "administrator" | "ngo-reporter" | "external-reviewer" | "demo" | "test" | "local" | "nobody";

export interface RoleRequest {
  role: Role;
}

export interface RuleRow {
  act: string;
  says: string;
  roles: (string)[];
  purpose: boolean;
  step_up: boolean;
  second: boolean;
}

export interface Run {
  id: string;
  at: string | null;
  leads: number;
  identities: number;
}

export interface SavedSearch {
  s: string;
  request: SearchRequest;
}

export interface SearchMap {
  cells: (MapCell)[];
  unplaced: number;
}

export interface SearchPage {
  s: string;
  total: number;
  leads: number;
  first: string | null;
  last: string | null;
  chips: (Chip)[];
  hits: (AdHit)[];
  next: string | null;
  facets: (Facet)[];
  histogram: Histogram | null;
  map: SearchMap | null;
  without: (number)[];
  searched: string;
}

export interface SearchRequest {
  text?: string;
  filters?: (FacetFilter)[];
  first?: string | null;
  last?: string | null;
  after?: string | null;
  limit?: number;
  facets?: boolean;
  histogram?: boolean;
  map?: boolean;
}

export interface Segment {
  text: string;
  kind: string | null;
  value: string | null;
  label: string | null;
  obscured: boolean;
  site_own: boolean;
}

export interface Sentence {
  sentence: string;
}

export interface Session {
  actor: string;
  role: string;
  purpose: string | null;
  case: string | null;
  case_title: string | null;
  urgent: number;
  urgent_since: string | null;
  withheld: string;
  news: string;
  log_trouble: string;
  asks_purpose: boolean;
  workspace: string;
  kind: "test" | "demo" | "real";
  banner: string;
  ads: number;
  sites: (string)[];
  first: string | null;
  last: string | null;
  last_taken_in: string | null;
  run: Run | null;
  searched: string;
  version: string;
}

export interface Share {
  of: number;
  share: number;
  low: number;
  high: number;
}

export interface SheetPage {
  sheet: string;
}

export interface SheetRequest {
  text: string;
}

export interface Shredded {
  events: number;
}

export interface SignInRequest {
  password: string;
  code?: string | null;
  key?: KeyAnswer | null;
  name: string;
}

export interface SlotValue {
  raw: string;
  label: string;
  obscured: boolean;
}

export interface SourceList {
  sources: (SourceRow)[];
  loads: (LoadRow)[];
}

export interface SourceRequest {
  name: string;
  kind: "site" | "feed" | "file" | "hand";
  basis: string;
  dpia: string;
}

export interface SourceRow {
  name: string;
  kind: "site" | "feed" | "file" | "hand";
  basis: string;
  dpia: string;
  by: string;
  at: string;
  ended_by: string | null;
  ended_at: string | null;
  ended_why: string | null;
}

export type Standing = "lead" | "member";

export type State = "open" | "closed";

export interface Stay {
  place: number;
  first: string;
  last: string;
  ads: number;
  conflict: boolean;
}

export type Strength = "tested" | "expert" | "folk";

export interface SubjectRequest {
  subject?: string | null;
}

export interface SupersededRow {
  kind: string;
  value: string;
  label: string;
  raw: string;
  part: string;
  reader: string;
  ended_by: string;
}

export interface SurgeList {
  surges: (SurgeRow)[];
  note: string;
  precision_note: string;
  searched: string;
  numbers: Numbers;
}

export interface SurgeRow {
  place: string;
  first: string;
  last: string;
  ads: number;
  expected: number;
  p: number;
  sentence: string;
}

export interface TabCounts {
  new: number;
  priority: number;
  handled: number;
}

export interface Trail {
  events: (EventRow)[];
  size: number;
  next: number | null;
}

export interface TrailRequest {
  person?: string;
  thing?: string;
  act?: Act | null;
  since?: string | null;
  until?: string | null;
  before?: number;
  limit?: number;
}

export interface Training {
  leads: number;
  needed: number;
  lacks: (string)[];
  run_card: string | null;
  proposal: Proposal | null;
  numbers: Numbers;
}

export interface UndoRequest {
  decision: string;
}

export interface UrgentList {
  duty: boolean;
  marks: (UrgentMark)[];
  now: string;
  sheet: string;
  note: string;
}

export interface UrgentMade {
  mark: UrgentMark;
  sheet: string;
  sentence: string;
}

export interface UrgentMark {
  id: string;
  lead: string | null;
  kind: "possible-child" | "immediate-danger";
  by: string;
  why: string;
  at: string;
  ads: number;
  acknowledged_by: string | null;
  acknowledged_at: string | null;
  own: boolean;
}

export interface UrgentRequest {
  kind: "possible-child" | "immediate-danger";
  why?: string;
}

export interface ValueGroup {
  kind: string;
  label: string;
  note: string;
  total: number;
  values: (ValueRow)[];
}

export interface ValueRef {
  kind: string;
  value: string;
  label: string;
}

export interface ValueRequest {
  kind: string;
  value: string;
}

export interface ValueRow {
  kind: string;
  value: string;
  label: string;
  ads: number;
  first: string | null;
  last: string | null;
  common: string;
  site_own: boolean;
}

export interface Verified {
  entries: number;
  erased: number;
  checkpoints: number;
  root: string;
  wrong: (string)[];
}

export interface WatchList {
  watches: (WatchRow)[];
  most_days: number;
}

export interface WatchLook {
  id: string;
  kind: "search" | "value";
  name: string;
  request: Watched;
  made_at: string;
  expires_at: string;
  looked_at: string;
  total: number;
  new: number;
  too_many: boolean;
  hits: (AdHit)[];
}

export interface WatchRequest {
  kind: "search" | "value";
  name: string;
  request: Watched;
  days?: number;
}

export interface WatchRow {
  id: string;
  kind: "search" | "value";
  name: string;
  request: Watched;
  made_at: string;
  expires_at: string;
  looked_at: string;
  total: number;
  new: number;
  too_many: boolean;
}

export interface Watched {
  text?: string;
  filters?: (FacetFilter)[];
  first?: string | null;
  last?: string | null;
}

export interface Weekly {
  start: string | null;
  counts: (number)[];
}

export interface WhyLink {
  to: ValueRef;
  because: string;
  strength: number;
  word: "strong" | "good" | "weak";
  first: string | null;
  last: string | null;
  ads: (string)[];
  ads_count: number;
}

export interface WhyPage {
  subject: ValueRow;
  sentence: string;
  links: (WhyLink)[];
  numbers: Numbers;
}

export interface WhyRequest {
  why: string;
}

export type Word = "more" | "some" | "little";

export interface WordingCell {
  values: (SlotValue)[];
  changed: boolean;
}

export interface WordingList {
  wordings: (WordingPage)[];
  alone: number;
}

export interface WordingPage {
  id: string;
  pattern: (Piece)[];
  ads: number;
  elsewhere: number;
  elsewhere_identities: number;
  first: string | null;
  last: string | null;
  days: (string)[];
  ad_ids: (string)[];
}

export interface WordingRow {
  ad: string;
  source_id: string;
  site: string;
  place: string;
  posted_at: string | null;
  seen_at: string | null;
  zone_assumed: boolean;
  cells: (WordingCell)[];
}

export interface WordingRows {
  kinds: (string)[];
  rows: (WordingRow)[];
  total: number;
  constant: number;
  next: string | null;
}

export interface WordingSummary {
  id: string;
  ads: number;
  preview: string;
  elsewhere: number;
}

export interface homeward__app__api__shapes__groups__AdsRequest {
  kind?: string | null;
  value?: string | null;
  ads?: (string)[] | null;
  after?: string | null;
  limit?: number;
}

export interface homeward__app__api__shapes__records__AdsRequest {
  ads: (string)[];
}

export const getSession = (signal?: AbortSignal): Promise<Session> =>
  call<Session>('GET', `/api/session`, undefined, undefined, signal);

export const waitForNews = (q: { after?: string; seconds?: number }, signal?: AbortSignal): Promise<Newer> =>
  call<Newer>('GET', `/api/session/news`, undefined, q, signal);

export const listLeads = (q: { tab?: "new" | "priority" | "handled"; after?: string | null; limit?: number; venue?: string | null; place?: string | null; active_days?: number | null; mine?: boolean; open?: string | null }, signal?: AbortSignal): Promise<LeadList> =>
  call<LeadList>('GET', `/api/leads`, undefined, q, signal);

export const getLead = (lead: string, signal?: AbortSignal): Promise<LeadPage> =>
  call<LeadPage>('GET', `/api/leads/${encodeURIComponent(lead)}`, undefined, undefined, signal);

export const decideLead = (lead: string, body: DecisionRequest, signal?: AbortSignal): Promise<DecisionResult> =>
  call<DecisionResult>('POST', `/api/leads/${encodeURIComponent(lead)}/decision`, body, undefined, signal);

export const undoLead = (lead: string, body: UndoRequest, signal?: AbortSignal): Promise<DecisionResult> =>
  call<DecisionResult>('POST', `/api/leads/${encodeURIComponent(lead)}/undo`, body, undefined, signal);

export const getIdentity = (identity: string, signal?: AbortSignal): Promise<IdentityPage> =>
  call<IdentityPage>('GET', `/api/identities/${encodeURIComponent(identity)}`, undefined, undefined, signal);

export const whyBelongs = (identity: string, body: ValueRequest, signal?: AbortSignal): Promise<WhyPage> =>
  call<WhyPage>('POST', `/api/identities/${encodeURIComponent(identity)}/why`, body, undefined, signal);

export const identityAds = (identity: string, body: homeward__app__api__shapes__groups__AdsRequest, signal?: AbortSignal): Promise<AdList> =>
  call<AdList>('POST', `/api/identities/${encodeURIComponent(identity)}/ads`, body, undefined, signal);

export const identityWordings = (identity: string, signal?: AbortSignal): Promise<WordingList> =>
  call<WordingList>('GET', `/api/identities/${encodeURIComponent(identity)}/wordings`, undefined, undefined, signal);

export const wordingRows = (identity: string, wording: string, q: { after?: string | null; limit?: number }, signal?: AbortSignal): Promise<WordingRows> =>
  call<WordingRows>('GET', `/api/identities/${encodeURIComponent(identity)}/wordings/${encodeURIComponent(wording)}`, undefined, q, signal);

export const identityPhotos = (identity: string, signal?: AbortSignal): Promise<PhotoList> =>
  call<PhotoList>('GET', `/api/identities/${encodeURIComponent(identity)}/photos`, undefined, undefined, signal);

export const identityMovement = (identity: string, signal?: AbortSignal): Promise<MovementPage> =>
  call<MovementPage>('GET', `/api/identities/${encodeURIComponent(identity)}/movement`, undefined, undefined, signal);

export const identityAlike = (identity: string, signal?: AbortSignal): Promise<AlikePage> =>
  call<AlikePage>('GET', `/api/identities/${encodeURIComponent(identity)}/alike`, undefined, undefined, signal);

export const listSurges = (signal?: AbortSignal): Promise<SurgeList> =>
  call<SurgeList>('GET', `/api/surges`, undefined, undefined, signal);

export const identityChains = (identity: string, body: PairRequest, signal?: AbortSignal): Promise<ChainPage> =>
  call<ChainPage>('POST', `/api/identities/${encodeURIComponent(identity)}/chains`, body, undefined, signal);

export const leadChains = (lead: string, signal?: AbortSignal): Promise<ChainPage> =>
  call<ChainPage>('GET', `/api/leads/${encodeURIComponent(lead)}/chains`, undefined, undefined, signal);

export const identityLinks = (identity: string, body: LinksRequest, signal?: AbortSignal): Promise<LinksPage> =>
  call<LinksPage>('POST', `/api/identities/${encodeURIComponent(identity)}/links`, body, undefined, signal);

export const previewJudgement = (body: PreviewRequest, signal?: AbortSignal): Promise<PreviewPage> =>
  call<PreviewPage>('POST', `/api/judgements/preview`, body, undefined, signal);

export const listJudgements = (signal?: AbortSignal): Promise<JudgementList> =>
  call<JudgementList>('GET', `/api/judgements`, undefined, undefined, signal);

export const judgeAds = (body: JudgeRequest, signal?: AbortSignal): Promise<JudgeResult> =>
  call<JudgeResult>('POST', `/api/judgements`, body, undefined, signal);

export const identityHistory = (identity: string, signal?: AbortSignal): Promise<HistoryPage> =>
  call<HistoryPage>('GET', `/api/identities/${encodeURIComponent(identity)}/history`, undefined, undefined, signal);

export const searchList = (body: ListRequest, signal?: AbortSignal): Promise<ListPage> =>
  call<ListPage>('POST', `/api/search/list`, body, undefined, signal);

export const askNetwork = (body: NetworkRequest, signal?: AbortSignal): Promise<NetworkPage> =>
  call<NetworkPage>('POST', `/api/search/network`, body, undefined, signal);

export const searchGroups = (body: GroupsRequest, signal?: AbortSignal): Promise<GroupsPage> =>
  call<GroupsPage>('POST', `/api/search/groups`, body, undefined, signal);

export const addAd = (body: NewAd, signal?: AbortSignal): Promise<AddedAd> =>
  call<AddedAd>('POST', `/api/ads`, body, undefined, signal);

export const getArea = (signal?: AbortSignal): Promise<MyArea> =>
  call<MyArea>('GET', `/api/area`, undefined, undefined, signal);

export const putArea = (body: AreaRequest, headers: { 'if-match': string }, signal?: AbortSignal): Promise<MyArea> =>
  call<MyArea>('PUT', `/api/area`, body, undefined, signal, headers);

export const searchAds = (body: SearchRequest, signal?: AbortSignal): Promise<SearchPage> =>
  call<SearchPage>('POST', `/api/search`, body, undefined, signal);

export const getSearch = (search: string, signal?: AbortSignal): Promise<SavedSearch> =>
  call<SavedSearch>('GET', `/api/search/${encodeURIComponent(search)}`, undefined, undefined, signal);

export const getAd = (ad: string, signal?: AbortSignal): Promise<AdPage> =>
  call<AdPage>('GET', `/api/ads/${encodeURIComponent(ad)}`, undefined, undefined, signal);

export const listCases = (signal?: AbortSignal): Promise<CaseList> =>
  call<CaseList>('GET', `/api/cases`, undefined, undefined, signal);

export const makeCase = (body: CaseRequest, signal?: AbortSignal): Promise<CaseRow> =>
  call<CaseRow>('POST', `/api/cases`, body, undefined, signal);

export const getCase = (key: string, signal?: AbortSignal): Promise<CaseRow> =>
  call<CaseRow>('GET', `/api/cases/${encodeURIComponent(key)}`, undefined, undefined, signal);

export const changeCase = (key: string, body: CaseChange, signal?: AbortSignal): Promise<CaseRow> =>
  call<CaseRow>('POST', `/api/cases/${encodeURIComponent(key)}`, body, undefined, signal);

export const setCaseMember = (key: string, body: MemberRequest, signal?: AbortSignal): Promise<CaseRow> =>
  call<CaseRow>('POST', `/api/cases/${encodeURIComponent(key)}/members`, body, undefined, signal);

export const sealCase = (key: string, body: Nothing, signal?: AbortSignal): Promise<CaseRow> =>
  call<CaseRow>('POST', `/api/cases/${encodeURIComponent(key)}/seal`, body, undefined, signal);

export const unsealCase = (key: string, body: Nothing, signal?: AbortSignal): Promise<CaseRow> =>
  call<CaseRow>('POST', `/api/cases/${encodeURIComponent(key)}/unseal`, body, undefined, signal);

export const breakGlass = (key: string, body: WhyRequest, signal?: AbortSignal): Promise<CaseRow> =>
  call<CaseRow>('POST', `/api/cases/${encodeURIComponent(key)}/break-glass`, body, undefined, signal);

export const seeDoor = (signal?: AbortSignal): Promise<Door> =>
  call<Door>('GET', `/api/door`, undefined, undefined, signal);

export const signIn = (body: SignInRequest, signal?: AbortSignal): Promise<Done> =>
  call<Done>('POST', `/api/door/sign-in`, body, undefined, signal);

export const askKey = (body: Nothing, signal?: AbortSignal): Promise<KeyAsk> =>
  call<KeyAsk>('POST', `/api/door/key`, body, undefined, signal);

export const openLink = (body: LinkRequest, signal?: AbortSignal): Promise<Opened> =>
  call<Opened>('POST', `/api/door/link`, body, undefined, signal);

export const askJoinKey = (body: LinkRequest, signal?: AbortSignal): Promise<KeyAskNew> =>
  call<KeyAskNew>('POST', `/api/door/join/key`, body, undefined, signal);

export const join = (body: JoinRequest, signal?: AbortSignal): Promise<Codes> =>
  call<Codes>('POST', `/api/door/join`, body, undefined, signal);

export const signOut = (body: Nothing, signal?: AbortSignal): Promise<Done> =>
  call<Done>('POST', `/api/session/sign-out`, body, undefined, signal);

export const acknowledgeBanner = (body: BannerRequest, signal?: AbortSignal): Promise<Done> =>
  call<Done>('POST', `/api/session/banner`, body, undefined, signal);

export const prove = (body: ProofRequest, signal?: AbortSignal): Promise<Done> =>
  call<Done>('POST', `/api/session/prove`, body, undefined, signal);

export const statePurpose = (body: PurposeRequest, signal?: AbortSignal): Promise<Done> =>
  call<Done>('POST', `/api/session/purpose`, body, undefined, signal);

export const beginProvider = (body: Nothing, signal?: AbortSignal): Promise<ProviderAddress> =>
  call<ProviderAddress>('POST', `/api/door/provider`, body, undefined, signal);

export const proveAtProvider = (body: Nothing, signal?: AbortSignal): Promise<ProviderAddress> =>
  call<ProviderAddress>('POST', `/api/session/prove/provider`, body, undefined, signal);

export const comeBack = (body: BackRequest, signal?: AbortSignal): Promise<CameBack> =>
  call<CameBack>('POST', `/api/door/provider/back`, body, undefined, signal);

export const giveFactor = (body: FactorRequest, signal?: AbortSignal): Promise<CameBack> =>
  call<CameBack>('POST', `/api/door/provider/factor`, body, undefined, signal);

export const getAccount = (signal?: AbortSignal): Promise<OwnAccount> =>
  call<OwnAccount>('GET', `/api/account`, undefined, undefined, signal);

export const setPassword = (body: PasswordRequest, signal?: AbortSignal): Promise<Done> =>
  call<Done>('POST', `/api/account/password`, body, undefined, signal);

export const newCodes = (body: Nothing, signal?: AbortSignal): Promise<Codes> =>
  call<Codes>('POST', `/api/account/codes`, body, undefined, signal);

export const askNewKey = (body: Nothing, signal?: AbortSignal): Promise<KeyAskNew> =>
  call<KeyAskNew>('POST', `/api/account/keys/ask`, body, undefined, signal);

export const addKey = (body: NewKeyRequest, signal?: AbortSignal): Promise<KeyRow> =>
  call<KeyRow>('POST', `/api/account/keys`, body, undefined, signal);

export const removeKey = (key: string, body: Nothing, signal?: AbortSignal): Promise<KeyList> =>
  call<KeyList>('POST', `/api/account/keys/${encodeURIComponent(key)}/remove`, body, undefined, signal);

export const listPeople = (signal?: AbortSignal): Promise<PersonList> =>
  call<PersonList>('GET', `/api/people`, undefined, undefined, signal);

export const invitePerson = (body: InviteRequest, signal?: AbortSignal): Promise<Invited> =>
  call<Invited>('POST', `/api/people`, body, undefined, signal);

export const renewPerson = (name: string, body: Nothing, signal?: AbortSignal): Promise<Invited> =>
  call<Invited>('POST', `/api/people/${encodeURIComponent(name)}/link`, body, undefined, signal);

export const setRole = (name: string, body: RoleRequest, signal?: AbortSignal): Promise<PersonRow> =>
  call<PersonRow>('POST', `/api/people/${encodeURIComponent(name)}/role`, body, undefined, signal);

export const disablePerson = (name: string, body: Nothing, signal?: AbortSignal): Promise<PersonRow> =>
  call<PersonRow>('POST', `/api/people/${encodeURIComponent(name)}/disable`, body, undefined, signal);

export const nameAtProvider = (name: string, body: SubjectRequest, signal?: AbortSignal): Promise<PersonRow> =>
  call<PersonRow>('POST', `/api/people/${encodeURIComponent(name)}/provider`, body, undefined, signal);

export const listBrokenGlass = (signal?: AbortSignal): Promise<GlassList> =>
  call<GlassList>('GET', `/api/broken-glass`, undefined, undefined, signal);

export const reviewGlass = (key: string, body: ReviewRequest, signal?: AbortSignal): Promise<Reviewed> =>
  call<Reviewed>('POST', `/api/broken-glass/${encodeURIComponent(key)}`, body, undefined, signal);

export const seePermissions = (signal?: AbortSignal): Promise<PermissionTable> =>
  call<PermissionTable>('GET', `/api/permissions`, undefined, undefined, signal);

export const addPurpose = (body: PurposeNew, signal?: AbortSignal): Promise<PurposeAdded> =>
  call<PurposeAdded>('POST', `/api/purposes`, body, undefined, signal);

export const endPurpose = (name: string, body: WhyRequest, signal?: AbortSignal): Promise<Done> =>
  call<Done>('POST', `/api/purposes/${encodeURIComponent(name)}/end`, body, undefined, signal);

export const listRequests = (signal?: AbortSignal): Promise<RequestList> =>
  call<RequestList>('GET', `/api/requests`, undefined, undefined, signal);

export const askSecondPerson = (body: AskRequest, signal?: AbortSignal): Promise<RequestRow> =>
  call<RequestRow>('POST', `/api/requests`, body, undefined, signal);

export const answerRequest = (key: string, body: AnswerRequest, signal?: AbortSignal): Promise<RequestRow> =>
  call<RequestRow>('POST', `/api/requests/${encodeURIComponent(key)}`, body, undefined, signal);

export const markUrgent = (lead: string, body: UrgentRequest, signal?: AbortSignal): Promise<UrgentMade> =>
  call<UrgentMade>('POST', `/api/leads/${encodeURIComponent(lead)}/urgent`, body, undefined, signal);

export const listUrgent = (signal?: AbortSignal): Promise<UrgentList> =>
  call<UrgentList>('GET', `/api/urgent`, undefined, undefined, signal);

export const acknowledgeUrgent = (mark: string, body: Nothing, signal?: AbortSignal): Promise<UrgentMark> =>
  call<UrgentMark>('POST', `/api/urgent/${encodeURIComponent(mark)}/acknowledge`, body, undefined, signal);

export const liftUrgent = (mark: string, body: WhyRequest, signal?: AbortSignal): Promise<Sentence> =>
  call<Sentence>('POST', `/api/urgent/${encodeURIComponent(mark)}/lift`, body, undefined, signal);

export const undoUrgent = (mark: string, body: WhyRequest, signal?: AbortSignal): Promise<Sentence> =>
  call<Sentence>('POST', `/api/urgent/${encodeURIComponent(mark)}/undo`, body, undefined, signal);

export const putSheet = (body: SheetRequest, signal?: AbortSignal): Promise<SheetPage> =>
  call<SheetPage>('PUT', `/api/urgent/sheet`, body, undefined, signal);

export const recordOutcome = (lead: string, body: OutcomeRequest, signal?: AbortSignal): Promise<OutcomeMade> =>
  call<OutcomeMade>('POST', `/api/leads/${encodeURIComponent(lead)}/outcome`, body, undefined, signal);

export const liftLowering = (lead: string, body: LiftRequest, signal?: AbortSignal): Promise<Sentence> =>
  call<Sentence>('POST', `/api/leads/${encodeURIComponent(lead)}/outcome/lift`, body, undefined, signal);

export const undoOutcome = (lead: string, outcome: string, body: Nothing, signal?: AbortSignal): Promise<OutcomeMade> =>
  call<OutcomeMade>('POST', `/api/leads/${encodeURIComponent(lead)}/outcome/${encodeURIComponent(outcome)}/undo`, body, undefined, signal);

export const countOutcomes = (signal?: AbortSignal): Promise<OutcomeCounts> =>
  call<OutcomeCounts>('GET', `/api/outcomes`, undefined, undefined, signal);

export const putLoweredDays = (body: DaysRequest, signal?: AbortSignal): Promise<DaysRequest> =>
  call<DaysRequest>('PUT', `/api/outcomes/days`, body, undefined, signal);

export const listWatches = (signal?: AbortSignal): Promise<WatchList> =>
  call<WatchList>('GET', `/api/watches`, undefined, undefined, signal);

export const keepWatch = (body: WatchRequest, signal?: AbortSignal): Promise<WatchRow> =>
  call<WatchRow>('POST', `/api/watches`, body, undefined, signal);

export const lookWatch = (key: string, body: Nothing, signal?: AbortSignal): Promise<WatchLook> =>
  call<WatchLook>('POST', `/api/watches/${encodeURIComponent(key)}/look`, body, undefined, signal);

export const deleteWatch = (key: string, body: Nothing, signal?: AbortSignal): Promise<Sentence> =>
  call<Sentence>('POST', `/api/watches/${encodeURIComponent(key)}/delete`, body, undefined, signal);

export const listNotes = (identity: string, signal?: AbortSignal): Promise<NoteList> =>
  call<NoteList>('GET', `/api/identities/${encodeURIComponent(identity)}/notes`, undefined, undefined, signal);

export const writeNote = (identity: string, body: NoteRequest, signal?: AbortSignal): Promise<NoteRow> =>
  call<NoteRow>('POST', `/api/identities/${encodeURIComponent(identity)}/notes`, body, undefined, signal);

export const changeNote = (identity: string, note: string, body: NoteRequest, signal?: AbortSignal): Promise<NoteRow> =>
  call<NoteRow>('POST', `/api/identities/${encodeURIComponent(identity)}/notes/${encodeURIComponent(note)}`, body, undefined, signal);

export const takeNoteBack = (identity: string, note: string, body: Nothing, signal?: AbortSignal): Promise<NoteRow> =>
  call<NoteRow>('POST', `/api/identities/${encodeURIComponent(identity)}/notes/${encodeURIComponent(note)}/take-back`, body, undefined, signal);

export const restoreNote = (identity: string, note: string, body: Nothing, signal?: AbortSignal): Promise<NoteRow> =>
  call<NoteRow>('POST', `/api/identities/${encodeURIComponent(identity)}/notes/${encodeURIComponent(note)}/restore`, body, undefined, signal);

export const listEvents = (body: TrailRequest, signal?: AbortSignal): Promise<Trail> =>
  call<Trail>('POST', `/api/audit/events`, body, undefined, signal);

export const getEvent = (seq: number, signal?: AbortSignal): Promise<EventDetail> =>
  call<EventDetail>('GET', `/api/audit/events/${encodeURIComponent(seq)}`, undefined, undefined, signal);

export const getLog = (signal?: AbortSignal): Promise<LogState> =>
  call<LogState>('GET', `/api/audit`, undefined, undefined, signal);

export const verifyLog = (body: Nothing, signal?: AbortSignal): Promise<Verified> =>
  call<Verified>('POST', `/api/audit/verify`, body, undefined, signal);

export const leadLooks = (lead: string, q: { before?: number }, signal?: AbortSignal): Promise<Looks> =>
  call<Looks>('GET', `/api/leads/${encodeURIComponent(lead)}/looks`, undefined, q, signal);

export const adLooks = (ad: string, q: { before?: number }, signal?: AbortSignal): Promise<Looks> =>
  call<Looks>('GET', `/api/ads/${encodeURIComponent(ad)}/looks`, undefined, q, signal);

export const listSources = (signal?: AbortSignal): Promise<SourceList> =>
  call<SourceList>('GET', `/api/sources`, undefined, undefined, signal);

export const registerSource = (body: SourceRequest, signal?: AbortSignal): Promise<SourceRow> =>
  call<SourceRow>('POST', `/api/sources`, body, undefined, signal);

export const endSource = (name: string, body: WhyRequest, signal?: AbortSignal): Promise<SourceRow> =>
  call<SourceRow>('POST', `/api/sources/${encodeURIComponent(name)}/end`, body, undefined, signal);

export const listRecords = (signal?: AbortSignal): Promise<RecordsPage> =>
  call<RecordsPage>('GET', `/api/records`, undefined, undefined, signal);

export const keepAsked = (body: AskedRequest, signal?: AbortSignal): Promise<AskedMade> =>
  call<AskedMade>('POST', `/api/records/requests`, body, undefined, signal);

export const restrictAsked = (key: string, body: WhyRequest, signal?: AbortSignal): Promise<Answered> =>
  call<Answered>('POST', `/api/records/requests/${encodeURIComponent(key)}/restrict`, body, undefined, signal);

export const liftRestriction = (key: string, body: WhyRequest, signal?: AbortSignal): Promise<Answered> =>
  call<Answered>('POST', `/api/records/requests/${encodeURIComponent(key)}/lift`, body, undefined, signal);

export const declineAsked = (key: string, body: WhyRequest, signal?: AbortSignal): Promise<Answered> =>
  call<Answered>('POST', `/api/records/requests/${encodeURIComponent(key)}/decline`, body, undefined, signal);

export const handOver = (key: string, body: AccessRequest, signal?: AbortSignal): Promise<HeldPaper> =>
  call<HeldPaper>('POST', `/api/records/requests/${encodeURIComponent(key)}/access`, body, undefined, signal);

export const holdAds = (body: AdsWhy, signal?: AbortSignal): Promise<RecordsDone> =>
  call<RecordsDone>('POST', `/api/records/holds`, body, undefined, signal);

export const liftHolds = (body: AdsWhy, signal?: AbortSignal): Promise<RecordsDone> =>
  call<RecordsDone>('POST', `/api/records/holds/lift`, body, undefined, signal);

export const reviewAds = (body: ReviewedAds, signal?: AbortSignal): Promise<RecordsDone> =>
  call<RecordsDone>('POST', `/api/records/reviews`, body, undefined, signal);

export const discloseAds = (body: HandedRequest, signal?: AbortSignal): Promise<RecordsDone> =>
  call<RecordsDone>('POST', `/api/records/disclosures`, body, undefined, signal);

export const listRecipients = (body: homeward__app__api__shapes__records__AdsRequest, signal?: AbortSignal): Promise<RecipientList> =>
  call<RecipientList>('POST', `/api/records/recipients`, body, undefined, signal);

export const correctValue = (body: CorrectRequest, signal?: AbortSignal): Promise<Corrected> =>
  call<Corrected>('POST', `/api/records/corrections`, body, undefined, signal);

export const liftCorrection = (number: number, body: WhyRequest, signal?: AbortSignal): Promise<Corrected> =>
  call<Corrected>('POST', `/api/records/corrections/${encodeURIComponent(number)}/lift`, body, undefined, signal);

export const eraseAds = (body: EraseRequest, signal?: AbortSignal): Promise<ErasedPage> =>
  call<ErasedPage>('POST', `/api/records/erase`, body, undefined, signal);

export const seeRetention = (signal?: AbortSignal): Promise<Retention> =>
  call<Retention>('GET', `/api/retention`, undefined, undefined, signal);

export const setAdsPeriod = (body: AdsPeriod, signal?: AbortSignal): Promise<PeriodSet> =>
  call<PeriodSet>('PUT', `/api/retention/ads`, body, undefined, signal);

export const setLogPeriod = (body: LogPeriod, signal?: AbortSignal): Promise<PeriodSet> =>
  call<PeriodSet>('PUT', `/api/retention/log`, body, undefined, signal);

export const shredDetails = (body: Nothing, signal?: AbortSignal): Promise<Shredded> =>
  call<Shredded>('POST', `/api/retention/shred`, body, undefined, signal);

export const getTraining = (signal?: AbortSignal): Promise<Training> =>
  call<Training>('GET', `/api/training`, undefined, undefined, signal);
