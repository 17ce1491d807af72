import { describeLoss } from './describe-loss.js';

describeLoss('postgres');
