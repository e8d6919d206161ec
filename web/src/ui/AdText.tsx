import type { ReactNode } from 'react';
import type { AdHit, Segment } from '../lib/api.gen';
import { count, langOf, moment } from '../lib/format';
import { called, iconOf, isExact, tintOf, wordOf } from '../lib/kinds';
import { Icon } from './Icon';
import { Link } from './Link';

const TIGHT = 32; // characters: a shorter mention is not broken over two lines

/** A mention within text: kind by colour, icon and a hidden word; the normal form where it was obscured. */
const Mark = ({ s, ring }: { s: Segment; ring: boolean }) => (
  <span
    className={`mark t-${s.site_own ? 'none own' : tintOf(s.kind!)}${ring ? ' ring' : ''}${s.text.length < TIGHT ? ' tight' : ''}`}
    title={`${wordOf(s.kind!)}: ${s.label ?? s.value}${s.site_own ? ' (the site’s own, joins nothing)' : ''}`}
  >
    <Icon name={iconOf(s.kind!)} size={13} />
    <span className="sr">
      {wordOf(s.kind!)}
      {s.site_own && ', the site’s own'}:{' '}
    </span>
    <b>{s.text}</b>
    {s.obscured && <span className="normal"> = {s.label ?? s.value}</span>}
  </span>
);

/** An ad's text with its marks. Every piece is a text node, whatever it contains. */
export const AdText = ({
  parts,
  marks = true,
  ring,
}: {
  parts: Segment[];
  marks?: boolean;
  ring?: string | null;
}) => (
  <>
    {parts.map((s, i) =>
      s.kind && marks ? (
        <Mark key={i} s={s} ring={ring != null && ring === `${s.kind}:${s.value}`} />
      ) : (
        s.text
      ),
    )}
  </>
);

interface ChipProps {
  kind: string;
  label: string;
  common?: string; // why the value joins nothing, where it is shared too widely
  mark?: boolean; // whether the word for it stands on the chip
  onClick?: () => void;
}

/** A value of a kind, on its own. */
export const Chip = ({ kind, label: given, common, mark = true, onClick }: ChipProps) => {
  const label = called(kind, given);
  const said = common ? `${label}: ${common}` : label; // a narrow place may cut what the chip shows
  const inner = (
    <>
      <Icon name={iconOf(kind)} size={13} />
      <span className="sr">{wordOf(kind)}: </span>
      <span className={isExact(kind) ? 'chip-text exact' : 'chip-text'}>{label}</span>
      {common && mark && <span className="common">common</span>}
    </>
  );
  const look = `chip t-${common ? 'none' : tintOf(kind)}`;
  if (!onClick)
    return (
      <span className={look} title={said}>
        {inner}
      </span>
    );
  return (
    <button type="button" className={look} title={said} onClick={onClick}>
      {inner}
    </button>
  );
};

/** Where and when an ad was posted, in one line above its text. */
export const AdHead = ({
  ad,
  showLead = false,
  action,
}: {
  ad: AdHit;
  showLead?: boolean;
  action?: ReactNode;
}) => (
  <div className="ad-head">
    <b title={ad.posted_at ? 'Posted' : 'Seen'}>
      {ad.posted_at
        ? moment(ad.posted_at, ad.zone_assumed)
        : ad.seen_at
          ? `seen ${moment(ad.seen_at)}`
          : 'no time given'}
    </b>
    {ad.place && (
      <span className="with-icon">
        <Icon name="place" size={12} />
        {ad.place}
      </span>
    )}
    <span className="break">{ad.site || 'site not given'}</span>
    {ad.photos > 0 && (
      <span className="with-icon">
        <Icon name="photo" size={12} />
        {count(ad.photos)}
        <span className="sr"> photos, not shown</span>
      </span>
    )}
    <Link to={`/ad/${ad.id}`} className="ad-id">
      {ad.source_id || ad.id}
    </Link>
    {showLead && ad.identity && (
      <Link
        to={`/identity/${ad.identity}`}
        className="ad-lead"
        title={ad.lead ? ad.lead_title : 'The group that the ad belongs to is no lead'}
      >
        {ad.lead ? `Lead ${count(ad.lead_rank ?? 0)}` : 'its group'}
        {ad.lead_title && <span className="sr">: {ad.lead_title}</span>}
      </Link>
    )}
    {action}
  </div>
);

/** Tell where a chosen value is, when the text that is shown does not hold it. */
const Elsewhere = ({ ad, ring }: { ad: AdHit; ring?: string | null }) => {
  if (!ring || [...ad.title, ...ad.text].some((s) => `${s.kind}:${s.value}` === ring)) return null;
  return (
    <p className="meta elsewhere">
      {ad.cut
        ? 'It stands further on in the text, or in a field of the ad.'
        : 'It stands in a field of the ad, not in its text.'}{' '}
      <Link to={`/ad/${ad.id}`}>See where</Link>
    </p>
  );
};

/** An ad in a list. */
export const AdItem = ({
  ad,
  marks = true,
  ring,
  showLead,
  action,
}: {
  ad: AdHit;
  marks?: boolean;
  ring?: string | null;
  showLead?: boolean;
  action?: ReactNode;
}) => (
  <article className="ad" aria-label={`Ad ${ad.source_id || ad.id}`}>
    <AdHead ad={ad} showLead={showLead} action={action} />
    <div className="ad-text" lang={langOf(ad.language)} dir="auto">
      {ad.title.length > 0 && (
        <strong className="ad-title">
          <AdText parts={ad.title} marks={marks} ring={ring} />
        </strong>
      )}
      <AdText parts={ad.text} marks={marks} ring={ring} />
      {ad.cut && (
        <>
          {' '}
          <Link to={`/ad/${ad.id}`}>whole text</Link>
        </>
      )}
    </div>
    <Elsewhere ad={ad} ring={ring} />
  </article>
);
