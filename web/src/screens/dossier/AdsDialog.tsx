import { useQuery } from '@tanstack/react-query';
import { identityAds } from '../../lib/api.gen';
import { count } from '../../lib/format';
import { AdItem } from '../../ui/AdText';
import { Dialog } from '../../ui/Dialog';
import { Failed, Loading } from '../../ui/states';

interface Props {
  identity: string;
  title: string;
  ids: string[];
  total: number;
  onClose: () => void;
}

/** The ads that made a sentence true, to be read. */
export const AdsDialog = ({ identity, title, ids, total, onClose }: Props) => {
  const ads = useQuery({
    queryKey: ['ads-of', identity, ids],
    queryFn: ({ signal }) => identityAds(identity, { ads: ids.slice(0, 100), limit: 100 }, signal),
  });
  return (
    <Dialog title={title} onClose={onClose} wide>
      {ads.isPending && <Loading lines={6} what="Loading the ads" />}
      {ads.isError && (
        <Failed error={ads.error} what="The ads could not be read" retry={() => ads.refetch()} />
      )}
      {ads.data && (
        <>
          <p className="meta">
            {count(ads.data.ads.length)} of {count(total)} ads, newest first.
          </p>
          {ads.data.ads.map((ad) => (
            <AdItem key={ad.id} ad={ad} />
          ))}
        </>
      )}
    </Dialog>
  );
};
