import { Dialog } from '../../ui/Dialog';
import { FullTexts } from './FullTexts';

interface Props {
  identity: string;
  title: string;
  ids: string[];
  total: number;
  onClose: () => void;
}

/** The ads that made a sentence true, to be read. */
export const AdsDialog = ({ identity, title, ids, total, onClose }: Props) => (
  <Dialog title={title} onClose={onClose} wide>
    <FullTexts id={identity} ids={ids} total={total} />
  </Dialog>
);
