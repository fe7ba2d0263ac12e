/** The door that every feature room has: its operations, and the workers that it runs behind the bus. */
package dev.sextant.feature;
