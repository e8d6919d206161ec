import { useQuery } from '@tanstack/react-query';
import { unread } from '../../lib/again';
import { identityAds } from '../../lib/api.gen';
import { AdItem } from '../../ui/AdText';
import { Dialog } from '../../ui/Dialog';
import { Failed, Loading } from '../../ui/states';
import { JudgePanel } from './JudgePanel';

/** Say that another group belongs to this one: an ad of each, what it would change, and why. */
export const JoinDialog = ({
  identity,
  other,
  title,
  onClose,
}: {
  identity: string;
  other: string;
  title: string;
  onClose: () => void;
}) => {
  const ads = useQuery({
    queryKey: ['join', identity, other],
    queryFn: ({ signal }) =>
      Promise.all([identity, other].map((id) => identityAds(id, { limit: 1 }, signal).then((p) => p.ads[0]))),
  });
  const [a, b] = ads.data ?? [];
  return (
    <Dialog title={`Join with ${title}`} onClose={onClose} wide>
      {ads.isPending && <Loading lines={6} what="Loading an ad of each" />}
      {unread(ads) && (
        <Failed error={ads.error} what="The ads could not be read" retry={() => ads.refetch()} />
      )}
      {a && b && (
        <>
          <p className="meta">The newest ad of each stands for its group; your word is about these two.</p>
          <AdItem ad={a} />
          <AdItem ad={b} />
          <JudgePanel a={a.id} b={b.id} start="same" />
        </>
      )}
    </Dialog>
  );
};
