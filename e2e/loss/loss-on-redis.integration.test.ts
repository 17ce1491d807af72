import { hasRedis } from '../site/has-redis.js';
import { describeLoss } from './describe-loss.js';

if (await hasRedis()) describeLoss('redis');
