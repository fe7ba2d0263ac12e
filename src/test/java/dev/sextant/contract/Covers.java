package dev.sextant.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which operations of the contract a class of tests is about, by their operationIds. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Covers {

    String[] value();
}
