/** Tests of how long tensors live: long training in little memory, and scopes with real tensors and graphs. */
package dev.lanewise.memory;
