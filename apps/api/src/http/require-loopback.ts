import type { Request, RequestHandler } from 'express';
import { DrydockError } from '@drydock/model';
import { isLoopbackAddress, isLoopbackHost } from './is-loopback.js';

/**
 * Without authentication only this machine is served, whatever the process was told to listen on: a container or a
 * proxy may have moved the socket. Both ends of the connection must be loopback, and so must the name that was asked
 * for: else a page in a browser here could reach us through a name of its own (DNS rebinding).
 */
export const requireLoopback: RequestHandler = (request, _response, next) => {
  const { remoteAddress, localAddress } = request.socket;
  if (isLoopbackAddress(remoteAddress) && isLoopbackAddress(localAddress) && isLoopbackHost(hostOf(request))) {
    next();
    return;
  }
  next(
    new DrydockError(
      'forbidden',
      'authentication is off, so only loopback connections are served; use the API from its own machine',
    ),
  );
};

/** The host that the client asked for, without port and brackets. */
function hostOf(request: Request): string {
  return (request.headers.host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}
